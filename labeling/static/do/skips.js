// Comments that were skipped, asked again when the person wants them.

const TRIES = 20;
const PAUSE_MS = 100;

export class Skips {
  #asking = false;

  /** Parts: screen, supply, outbox, sender, wire, pad, setup. */
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Take the skips back and show their comments next. Whatever waits has to be sent first. */
  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    this.pad.hint("Fetching what you skipped…");
    try {
      await this.#sent();
      const { reopened } = await this.wire.post("skipped", { task: this.setup.task });
      await this.outbox.settle(Object.fromEntries(reopened.map((skip) => [skip.uuid, { state: "sent", undone: true }])));
      const came = await this.supply.askAgain(reopened.map((skip) => skip.assignment));
      this.screen.reopened(reopened, came);
      this.screen.counted(this.supply.numbers);
    } catch {
      this.pad.hint("BuySignal cannot be reached right now: what you skipped stays skipped.");
    }
    this.#asking = false;
  }

  async #sent() {
    for (let tries = 0; tries < TRIES && (await this.outbox.pending(this.setup.person)).waiting.length; tries += 1) {
      await this.sender.kick();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
