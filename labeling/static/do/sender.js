// Brings waiting answers to BuySignal: in order, one request at a time over all tabs, again and again until they have arrived.

import { RefusedError, SignedOutError } from "./wire.js";

const MOST = 50; // events in a request
const FIRST = 1_000;
const LONGEST = 30_000;

/** Milliseconds before try `failures` + 1: 1 s doubled up to 30 s, spread by a fifth either way. `random` is in [0, 1). */
export function backoff(failures, random) {
  const base = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(base * (0.8 + 0.4 * random));
}

/** Outcomes for the outbox in an answer to `events`. */
export function outcomes(answer) {
  const found = {};
  for (const uuid of [...(answer.stored ?? []), ...(answer.known ?? [])]) found[uuid] = { state: "sent" };
  for (const { uuid, reason } of answer.refused ?? []) found[uuid] = { state: "refused", reason };
  return found;
}

export class Sender {
  #timer = 0;
  #failures = 0;
  #running = false;
  #again = false;

  /**
   * `heard(answer)` gets every answer of the server, `changed()` is called when the outbox or the connection changed, `signedOut()` when
   * somebody has to sign in (returns whether it goes on at once).
   */
  constructor({ outbox, wire, person, heard, changed, signedOut }) {
    Object.assign(this, { outbox, wire, person, heard, changed, signedOut });
    this.connected = true;
    this.paused = false;
    addEventListener("online", () => this.kick());
    document.addEventListener("visibilitychange", () => document.hidden || this.kick());
  }

  /** Send what waits, unless a failed try is to be repeated soon anyway. */
  nudge() {
    if (!this.#failures || this.#running) this.kick();
  }

  /** Send what waits, now. */
  async kick() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        await alone(`buysignal-outbox-${this.person}`, () => this.#drain());
      } while (this.#again);
    } finally {
      this.#running = false;
    }
  }

  async #drain() {
    for (;;) {
      if (this.paused) return;
      const rows = await this.outbox.take(this.person, MOST);
      if (!rows.length) return;
      try {
        await this.#send(rows);
        this.#failures = 0;
        this.#tell(true);
      } catch (error) {
        if (error instanceof SignedOutError) {
          if (await this.signedOut()) continue;
          return;
        }
        this.#failures += 1;
        this.#timer = setTimeout(() => this.kick(), backoff(this.#failures, Math.random()));
        this.#tell(false);
        return;
      }
    }
  }

  /** A request that is refused as a whole is sent in parts, so that one bad event never holds up the others. */
  async #send(rows) {
    let answer;
    try {
      answer = await this.wire.post("events", { events: rows.map((row) => row.event) });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (rows.length > 1) {
        for (const row of rows) await this.#send([row]);
        return;
      }
      answer = { refused: [{ uuid: rows[0].uuid, reason: error.message }] };
    }
    const found = outcomes(answer);
    if (!rows.some((row) => row.uuid in found)) throw new Error("the answer names none of the events");
    await this.outbox.settle(found);
    this.heard(answer, rows);
    this.changed();
  }

  #tell(connected) {
    this.connected = connected;
    this.changed();
  }
}

/** Run work while no other tab runs work of the same name. */
function alone(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}
