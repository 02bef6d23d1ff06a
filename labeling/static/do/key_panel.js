// The keys dialog: what does what, and changing it.

import { allowed, changesOf, keyMap, nameOf, plain, taken } from "./keys.js";

export class KeyPanel {
  #asked = null; // the action whose new key is awaited
  #clash = null;

  /** `changed(map)` is called with new keys. */
  constructor(dialog, { map, layout, changed }) {
    Object.assign(this, { dialog, map, layout, changed });
    dialog.addEventListener("click", (event) => this.#clicked(event.target));
    dialog.addEventListener("keydown", (event) => this.#pressed(event), true);
    dialog.addEventListener("close", () => this.#stop());
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  #clicked(target) {
    const button = target.closest("button");
    if (button?.dataset.remap) this.#ask(button);
    else if (button?.hasAttribute("data-keys-swap")) this.#swap();
    else if (button?.hasAttribute("data-keys-reset")) this.#use(keyMap());
    else if (button?.hasAttribute("data-keys-close")) this.close();
  }

  #ask(button) {
    this.#stop();
    this.#asked = button;
    button.classList.add("listening");
    button.querySelector("kbd").textContent = "press a key";
  }

  #pressed(event) {
    if (!this.#asked) {
      if (plain(event.code) === this.map.get("help") && !event.repeat) this.close();
      return;
    }
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === "Escape") return this.#stop();
    const id = this.#asked.dataset.remap;
    if (!allowed(event.code)) return this.#problem(`${event.key} is needed by the browser or a screen reader; choose another key.`);
    const other = taken(this.map, id, event.code);
    if (other && other !== id) {
      this.#clash = { id, other, code: plain(event.code) };
      return this.#problem(`${nameOf(event.code, this.layout)} is “${this.#name(other)}” already.`, true);
    }
    this.#use(new Map(this.map).set(id, plain(event.code)));
  }

  #swap() {
    const { id, other, code } = this.#clash;
    const swapped = new Map(this.map).set(id, code).set(other, this.map.get(id));
    if (taken(swapped, other, swapped.get(other))) return this.#problem("These two cannot be swapped; choose another key.");
    this.#use(swapped);
  }

  #use(map) {
    this.map = map;
    this.changed(map, changesOf(map));
    this.#stop();
  }

  #stop() {
    this.#asked?.classList.remove("listening");
    this.#asked = null;
    this.#clash = null;
    this.dialog.querySelector("[data-keys-problem]").hidden = true;
    for (const place of this.dialog.querySelectorAll("[data-key]")) place.textContent = nameOf(this.map.get(place.dataset.key) ?? "", this.layout);
  }

  #problem(words, swappable = false) {
    const place = this.dialog.querySelector("[data-keys-problem]");
    place.hidden = false;
    place.querySelector("[data-keys-words]").textContent = words;
    place.querySelector("[data-keys-swap]").hidden = !swappable;
    this.#asked?.focus();
  }

  #name(id) {
    return this.dialog.querySelector(`[data-remap="${id}"]`)?.parentElement.firstElementChild.textContent ?? id;
  }
}

/** The changes that a person stored in this browser. */
export function storedChanges(person) {
  try {
    return JSON.parse(localStorage.getItem(`buysignal-keys-${person}`)) ?? {};
  } catch {
    return {}; // never stored, or storage is off
  }
}

/** Store them; without storage they hold until the page is closed. */
export function storeChanges(person, changes) {
  try {
    localStorage.setItem(`buysignal-keys-${person}`, JSON.stringify(changes));
  } catch {
    // they hold until the page is closed
  }
}

