// The person's own timesheet: says "working" while they work and "paused" when they stop.

import { RefusedError } from "./wire.js";

const EVERY_MS = 60_000;
const IDLE_MS = 3 * 60_000;

export class WorkingTime {
  #last = Date.now();
  #working = false;
  #said = 0;
  #off = false;

  constructor(wire, task) {
    Object.assign(this, { wire, task });
    addEventListener("pagehide", () => this.#working && this.wire.leave("time", { task: this.task, state: "paused" }));
    document.addEventListener("visibilitychange", () => document.hidden && this.pause());
    setInterval(() => this.#check(), 15_000);
  }

  /** The person did something. */
  touch() {
    this.#last = Date.now();
    if (!this.#working || this.#last - this.#said > EVERY_MS) this.#say("working");
  }

  pause() {
    if (this.#working) this.#say("paused");
  }

  #check() {
    if (this.#working && Date.now() - this.#last > IDLE_MS) this.pause();
  }

  async #say(state) {
    this.#working = state === "working";
    this.#said = Date.now();
    if (this.#off) return;
    try {
      await this.wire.post("time", { task: this.task, state });
    } catch (error) {
      this.#off = error instanceof RefusedError; // no timesheet is kept here
    }
  }
}
