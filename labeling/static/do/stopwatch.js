// How long a person looked at a comment: the time that the page was in sight, without pauses.

export class Stopwatch {
  #spent = 0;
  #since = null;
  #held = false; // by a pause that the person asked for

  constructor() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#stop() : this.#go()));
  }

  /** Begin anew: at 0, or with what was spent on the same comment before (ms). */
  restart(before = 0) {
    this.#spent = before;
    this.#since = document.hidden || this.#held ? null : performance.now();
  }

  /** Stand still until `resume`. */
  pause() {
    this.#held = true;
    this.#stop();
  }

  resume() {
    this.#held = false;
    this.#go();
  }

  #stop() {
    this.#spent = this.spent();
    this.#since = null;
  }

  #go() {
    if (!this.#held) this.#since ??= performance.now();
  }

  /** Milliseconds so far, whole. */
  spent() {
    return Math.round(this.#spent + (this.#since === null ? 0 : performance.now() - this.#since));
  }
}
