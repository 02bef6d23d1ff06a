// The guide beside the comment: loaded when first asked for, open while labeling goes on.

import { drawPictures } from "./shown_text.js";

const narrow = matchMedia("(max-width: 767px)");

export class GuidePanel {
  #loaded = false;
  #inHistory = false; // on a phone "back" closes the guide and not the task

  constructor(panel, button, wire, task) {
    Object.assign(this, { panel, button, wire, task });
    panel.querySelector("[data-guide-close]").addEventListener("click", () => this.toggle(false));
    addEventListener("popstate", () => {
      this.#inHistory = false;
      if (this.open) this.toggle(false);
    });
  }

  get open() {
    return !this.panel.hidden;
  }

  /** Open or close it. */
  async toggle(open = !this.open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.#remember(open);
    if (!open) {
      if (this.panel.contains(document.activeElement)) this.button.focus();
      return;
    }
    if (!this.#loaded) await this.#load();
  }

  #remember(open) {
    if (open && narrow.matches && !this.#inHistory) {
      this.#inHistory = true;
      history.pushState({ guide: true }, "");
    } else if (!open && this.#inHistory) {
      this.#inHistory = false;
      history.back();
    }
  }

  async #load() {
    const place = this.panel.querySelector("[data-guide-text]");
    try {
      const { html, version } = await this.wire.get(`guide?task=${encodeURIComponent(this.task)}`);
      // rendered by BuySignal from the guideline with raw HTML switched off; the page's policy runs no inline script anyway
      place.innerHTML = html;
      drawPictures(place);
      const foot = document.createElement("p");
      foot.className = "small quiet";
      foot.textContent = `Version ${version}`;
      place.append(foot);
      this.#loaded = true;
    } catch {
      place.textContent = "The guide cannot be loaded right now. Close it and try again in a moment.";
    }
  }
}
