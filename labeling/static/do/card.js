// The comment on screen with what stands around it.

import { fill } from "./shown_text.js";
import { skipWords } from "./tally.js";

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** The stage of the page: shows one item at a time. `stage` is the element. */
export class Card {
  constructor(stage) {
    this.stage = stage;
    this.comment = this.#at("comment");
    this.revealed = true;
  }

  /** Show an item. */
  show(item) {
    const { context = {} } = item;
    for (const name of ["waiting", "finished"]) this.#at(name).hidden = true;
    this.#text("caption", context.caption);
    this.#text("product", context.product);
    this.#hashtags(beside(context.caption ?? "", context.hashtags ?? []));
    this.#at("context").hidden = ["caption", "product", "hashtags"].every((name) => this.#at(name).hidden);
    this.#text("parent", context.parent);
    this.#at("nothing").hidden = fill(this.comment, item.text);
    this.comment.hidden = false;
    this.#language(item.lang);
    this.#at("creator").hidden = !item.by_creator;
    this.#tag("likes", item.likes ? `♥ ${Number(item.likes).toLocaleString("en")}` : "", item.likes ? `${item.likes} likes` : "");
    this.#tag("suggestion", suggested(item.suggestion));
    this.#veil(Boolean(item.toxic));
    this.stage.scrollTop = this.comment.scrollTop = 0;
    this.#scrollable();
    this.stage.removeAttribute("data-idle");
  }

  /** Show no item but a sentence. */
  wait(words) {
    this.#idle();
    const waiting = this.#at("waiting");
    waiting.hidden = false;
    waiting.textContent = words;
  }

  /** Show that nothing is left but what was skipped, or that the task was closed, or that practice is over. */
  finish({ closed, practice, skipped, others }) {
    this.#idle();
    const over = practice ? "That was the practice round" : "Nothing left for you here";
    this.#at("finished-title").textContent = skipped ? "Only what you skipped is left" : closed ? "Nothing left for you here" : over;
    this.#at("finished-words").textContent = finished(closed, practice, skipped, others);
    this.#at("finished-skips").hidden = !skipped;
    this.#at("finished-skips").textContent = skipWords(skipped);
    this.#at("finished-tasks").classList.toggle("main-action", !skipped);
    this.#at("finished").hidden = false;
  }

  /** Take the blur away. */
  reveal() {
    this.#veil(false);
  }

  #idle() {
    for (const name of ["waiting", "finished", "context", "parent", "nothing", "creator", "lang", "likes", "suggestion"]) this.#at(name).hidden = true;
    this.#veil(false);
    this.comment.hidden = true;
    this.comment.replaceChildren();
    this.stage.setAttribute("data-idle", "");
  }

  #at(name) {
    return this.stage.querySelector(`[data-${name}]`);
  }

  #text(name, text) {
    this.#at(name).hidden = !text;
    fill(this.#at(`${name}-text`), text ?? "");
  }

  #tag(name, words, spoken = "") {
    const tag = this.#at(name);
    tag.hidden = !words;
    tag.textContent = words;
    if (spoken) tag.setAttribute("aria-label", spoken);
    else tag.removeAttribute("aria-label");
  }

  #hashtags(tags) {
    this.#at("hashtags").hidden = !tags.length;
    this.#at("hashtags-list").replaceChildren(
      ...tags.map((tag) => {
        const made = document.createElement("bdi");
        made.className = "hashtag";
        fill(made, `#${String(tag).replace(/^#/, "")}`);
        return made;
      }),
    );
  }

  #language(code) {
    const known = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(code ?? "") && code !== "un" ? code : "";
    if (known) this.comment.lang = known;
    else this.comment.removeAttribute("lang");
    this.#tag("lang", known ? languages.of(known) ?? known : "");
  }

  #veil(veiled) {
    this.revealed = !veiled;
    this.#at("veil").hidden = !veiled;
    this.comment.classList.toggle("veiled", veiled);
    this.comment.inert = veiled;
    if (veiled) this.comment.setAttribute("aria-hidden", "true");
    else this.comment.removeAttribute("aria-hidden");
  }

  /** A text that scrolls, or that is cut and shown whole while it has the focus, can be reached by Tab. */
  #scrollable() {
    const texts = [this.comment, ...["caption", "product", "parent"].map((name) => this.#at(`${name}-text`))];
    requestAnimationFrame(() => {
      for (const text of texts.map((one) => [one, one.scrollHeight > one.clientHeight + 1])) {
        if (text[1]) text[0].tabIndex = 0;
        else text[0].removeAttribute("tabindex");
      }
    });
  }
}

/** Hashtags that the caption does not show already. */
function beside(caption, tags) {
  const shown = new Set((caption.toLowerCase().match(/#[^\s#]+/gu) ?? []).map((tag) => tag.slice(1)));
  return tags.filter((tag) => !shown.has(String(tag).replace(/^#/, "").toLowerCase()));
}

function finished(closed, practice, skipped, others) {
  if (closed) return "The task was closed. Everything you answered is kept.";
  if (skipped === 1) return "You answered all others. One comment is skipped: answer it now, or leave it; that costs nothing.";
  if (skipped) return `You answered all others. ${skipped} comments are skipped: answer them now, or leave them; that costs nothing.`;
  if (practice) return "From now on your answers count: go to the tasks and start with real comments.";
  return others
    ? "You have answered all that is for you; some wait for another person. Undo still takes your last answer back."
    : "Every comment of this task is answered. Undo still takes your last answer back.";
}

function suggested(suggestion) {
  if (!suggestion) return "";
  const grade = suggestion.level ?? (suggestion.grade === undefined ? undefined : Math.round(suggestion.grade));
  return `the model says ${[grade, suggestion.signal, suggestion.sentiment].filter((part) => part !== undefined && part !== null).join(" · ")}`;
}
