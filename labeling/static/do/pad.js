// The buttons under the comment, and the line above them that says what was saved and what is missing.

import { complete, contradiction, isHigh, missing } from "./draft.js";
import { nameOf } from "./keys.js";

const ALWAYS = ["undo", "guide", "help", "pause"]; // these need no comment

const still = matchMedia("(prefers-reduced-motion: reduce)");

const MARKS = {
  spam: "Marked as spam: an advert, a bot or a scam.",
  creator: "Marked as written by the creator or the brand.",
  unsure: "Marked as unsure.",
};

export class Pad {
  constructor(root) {
    this.root = root;
    this.buttons = [...root.querySelectorAll("[data-pad] [data-action]")];
  }

  /** The screen works now: what needs no comment can be pressed. */
  ready() {
    for (const button of this.buttons) if (ALWAYS.includes(button.dataset.action) && button.dataset.action !== "undo") button.disabled = false;
  }

  /** Print the keys. */
  keys(map, layout) {
    for (const place of this.root.querySelectorAll("[data-key]")) {
      place.textContent = nameOf(map.get(place.dataset.key) ?? "", layout);
      place.toggleAttribute("data-plain", place.textContent === place.dataset.key.split(":")[1]); // 8 is on the button already
    }
    for (const button of this.root.querySelectorAll("button[data-action]")) {
      const code = map.get(button.dataset.action);
      if (code) button.setAttribute("aria-keyshortcuts", nameOf(code));
    }
  }

  /** Show a draft; null where there is no comment. */
  show(draft) {
    const blocked = draft === null;
    for (const button of this.buttons) {
      const [name, value] = button.dataset.action.split(":");
      if (ALWAYS.includes(name)) continue;
      button.disabled = blocked;
      if (!button.hasAttribute("aria-pressed")) continue;
      button.setAttribute("aria-pressed", String(!blocked && pressed(draft, name, value)));
    }
    const doubt = !blocked && complete(draft) && !draft.kept ? contradiction(draft) : "";
    this.#find("doubt").hidden = !doubt;
    this.#find("doubt-words").textContent = doubt && `${doubt} Keep it so, or change it.`;
    const bare = blocked || doubt ? "" : bareWords(draft);
    this.#find("bare").hidden = !bare;
    this.#find("bare-words").textContent = bare;
    this.#find("send").hidden = !bare || !draft.flags.length;
    if (blocked) return this.#ask("", null);
    const [next = ""] = missing(draft);
    this.#ask(doubt ? "doubt" : next, draft);
  }

  /** What was saved last, and whether undo has anything to take back. */
  saved(words, possible) {
    this.root.querySelector("[data-action=undo]").disabled = !possible;
    this.hint(words);
    if (!still.matches) this.#find("last").animate([{ opacity: 0.2 }, { opacity: 1 }], 250); // the same words twice are seen as two
  }

  /** Say something in the line above the answers. */
  hint(words) {
    this.#find("last").textContent = words;
  }

  #ask(question, draft) {
    this.root.dataset.question = question;
    for (const group of this.root.querySelectorAll("[data-ask]")) group.toggleAttribute("data-now", group.dataset.ask === question);
    const high = draft ? isHigh(draft) : null;
    const place = this.#find("high");
    if (place) {
      const disputed = draft?.disputed ? ", you doubt it" : "";
      place.textContent = high === null ? disputed.slice(2) : (high ? "close to buying" : "not close") + disputed;
      place.dataset.band = high === null ? "" : high ? "high" : "low";
    }
    this.#soFar(draft);
  }

  /** What is answered already: on a narrow screen, where one question shows at a time, a tap asks it again. */
  #soFar(draft) {
    const given = draft ? draft.questions.filter((question) => draft.answers[question] !== undefined) : [];
    this.#find("so-far").replaceChildren(
      ...given.map((question) => {
        const chip = document.createElement("button");
        chip.type = "button";
        chip.dataset.again = question;
        chip.textContent = String(draft.answers[question]);
        chip.setAttribute("aria-label", `${question}: ${draft.answers[question]}, change it`);
        return chip;
      }),
    );
  }

  #find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }
}

/** What is said where something is marked or noted and nothing is answered yet; "" where nothing is marked. */
function bareWords(draft) {
  if (Object.keys(draft.answers).length) return "";
  const grade = draft.questions.includes("grade");
  const flag = draft.flags.at(-1);
  if (flag) return `${MARKS[flag]} Now ${grade ? "the grade" : "your answer"}${grade && flag === "spam" ? ", mostly 2" : grade && flag === "creator" ? ", mostly 3" : ""}.`;
  if (draft.disputed) return "7 to 10 counts as close to buying; here that does not fit. Now the grade: it stays, with your doubt.";
  if (draft.note) return "Your note is kept and goes along with your answer.";
  return "";
}

function pressed(draft, name, value) {
  if (name === "flag") return draft.flags.includes(value);
  if (name === "dispute") return draft.disputed;
  if (name === "note") return draft.note !== "";
  return String(draft.answers[name]) === value;
}
