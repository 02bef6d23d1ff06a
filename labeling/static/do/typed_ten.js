// Ten typed as 1 and 0: on a task that asks a grade alone the 1 is an answer already when the 0 comes.

const TYPING_MS = 400; // between two keys of one number
const LONGEST_MS = 900; // a 0 later than this is an answer to the next comment, however long that is

export class TypedTen {
  #pressed = null;
  #one = null; // {event, at}: the answer that the last key 1 gave

  /**
   * Whether this press {id, code, at} makes a ten of the answer before it: `last` is the last answer, `least` the milliseconds
   * that the next comment takes to read. A 0 before that cannot be meant for the next one.
   */
  press(press, last, least) {
    const one = this.#one;
    this.#pressed = press;
    this.#one = null;
    if (!one || one.event !== last || press.id !== "grade:10" || press.code !== "Digit0") return false;
    return press.at - one.at <= Math.max(TYPING_MS, Math.min(least, LONGEST_MS));
  }

  /** An answer left by the key that was pressed last. */
  left(event) {
    const { id, code, at } = this.#pressed ?? {};
    this.#one = event.action === "submit" && id === "grade:1" && code === "Digit1" ? { event, at } : null;
  }
}
