// The buttons under the comment: what is pressed, what is asked next, which key does the same.

import { complete, contradiction, isHigh, missing } from "./draft.js";
import { nameOf } from "./keys.js";

export class Pad {
  constructor(root) {
    this.root = root;
    this.buttons = [...root.querySelectorAll("[data-pad] [data-action]")];
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
      if (["undo", "guide", "help", "pause"].includes(name)) continue;
      button.disabled = blocked;
      if (!button.hasAttribute("aria-pressed")) continue;
      button.setAttribute("aria-pressed", String(!blocked && pressed(draft, name, value)));
    }
    if (blocked) return this.#ask("", "");
    const [next = ""] = missing(draft);
    const doubt = complete(draft) && !draft.kept ? contradiction(draft) : "";
    this.#at("doubt").hidden = !doubt;
    this.#at("doubt-words").textContent = doubt && `${doubt} Keep it so, or change it.`;
    this.#at("send").hidden = !draft.flags.length || Boolean(doubt);
    this.#ask(doubt ? "doubt" : next, draft);
  }

  /** Whether undo has anything to take back, and what the last answer was. */
  undoable(words, possible) {
    this.root.querySelector("[data-action=undo]").disabled = !possible;
    this.#at("last").textContent = words ? `Last: ${words}` : "";
  }

  #ask(question, draft) {
    this.root.dataset.question = question;
    for (const group of this.root.querySelectorAll("[data-ask]")) group.toggleAttribute("data-now", group.dataset.ask === question);
    const high = draft ? isHigh(draft) : null;
    const place = this.#find("high");
    if (place) {
      const disputed = draft && draft.disputed ? ", disputed" : "";
      place.textContent = high === null ? disputed.slice(2) : (high ? "high intent" : "low intent") + disputed;
      place.dataset.band = high === null ? "" : high ? "high" : "low";
    }
    this.#soFar(draft);
  }

  /** What is answered already: on a narrow screen, where one question shows at a time, a tap asks it again. */
  #soFar(draft) {
    const given = draft ? draft.questions.filter((question) => draft.answers[question] !== undefined) : [];
    this.#at("so-far").replaceChildren(
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

  #at(name) {
    return this.#find(name);
  }
}

function pressed(draft, name, value) {
  if (name === "flag") return draft.flags.includes(value);
  if (name === "dispute") return draft.disputed;
  if (name === "note") return draft.note !== "";
  return String(draft.answers[name]) === value;
}
