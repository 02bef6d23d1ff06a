// A few words on a comment; typing them answers nothing.

export class NotePanel {
  /** `keep(text)` gets what was typed. */
  constructor(form, keep) {
    this.form = form;
    this.field = form.querySelector("input");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(this.field.value);
      this.close();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.close();
    });
    this.field.addEventListener("blur", () => this.form.hidden || keep(this.field.value));
  }

  open(text) {
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
