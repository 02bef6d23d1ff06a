// A few words on a comment, kept while they are typed; typing answers nothing.

export class NotePanel {
  #before = "";

  /** `keep(text)` gets what was typed, letter by letter; Escape gives back what stood there before. */
  constructor(form, keep) {
    this.form = form;
    this.field = form.querySelector("input");
    this.field.addEventListener("input", () => keep(this.field.value));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(this.field.value);
      this.close();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      keep(this.#before);
      this.close();
    });
    this.field.addEventListener("blur", (event) => this.form.contains(event.relatedTarget) || this.close());
  }

  open(text) {
    this.#before = text;
    this.field.value = text;
    this.form.hidden = false;
    this.field.focus();
  }

  close() {
    const focused = this.form.contains(document.activeElement);
    this.form.hidden = true;
    if (focused) document.activeElement?.blur();
  }
}
