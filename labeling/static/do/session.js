// Signing in again without losing the page: the same person goes on with a fresh token, another one sends nothing of the first.

const ASK_EVERY_MS = 5_000;
const SETTLED_MS = 2_000;
const MOST_TRIES = 4; // with fresh tokens in a row

export class Session {
  #timer = 0;
  #renewed = 0;
  #renewing = null;
  #tries = 0;

  /** `back()` is called when the person is signed in again after an interruption, `changed()` when that changed. */
  constructor({ wire, person, back, changed }) {
    Object.assign(this, { wire, person, back, changed });
    this.signedOut = false;
    this.otherPerson = "";
    const look = () => this.signedOut && !document.hidden && this.#look();
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
  }

  /** A request was turned away. Resolves to whether it can be repeated at once. */
  turnedAway() {
    const now = Date.now();
    this.#tries = now - this.#renewed < SETTLED_MS ? this.#tries + 1 : 0;
    if (this.#tries > MOST_TRIES) {
      this.#over(""); // the fresh token is turned away as well: no hammering
      return Promise.resolve(false);
    }
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew() {
    let told;
    try {
      told = await this.wire.get("session");
    } catch {
      this.#over("");
      return false;
    }
    if (told.person.id !== this.person) {
      this.#over(told.person.name);
      return false;
    }
    this.wire.token = told.csrf;
    this.#renewed = Date.now();
    clearTimeout(this.#timer);
    this.signedOut = false;
    this.otherPerson = "";
    this.changed();
    return true;
  }

  #over(otherPerson) {
    this.signedOut = true;
    this.otherPerson = otherPerson;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ASK_EVERY_MS);
    this.changed();
  }

  async #look() {
    if (await this.#renew()) this.back();
  }
}
