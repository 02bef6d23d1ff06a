// The annotate screen: which comment is shown, what a press does to it, and where the answer goes.

import * as drafts from "./draft.js";
import { leftWords, rateWords } from "./pace.js";

const BOUNCE_MS = 250; // a second tap this soon after the tap that brought a comment was meant for the one before

export class Screen {
  #awaited = null; // uuid of the practice answer whose feedback is awaited or shown
  #tapping = false; // whether a tap is being followed now
  #tapped = false; // whether the comment on screen was brought by a tap
  #readyAt = Number.POSITIVE_INFINITY; // when the comment stood on screen, in the clock of events

  /** Parts: root, setup, card, pad, supply, outbox, sender, claims, watch, pace, kept (of drafts), onAnswer. */
  constructor(parts) {
    Object.assign(this, parts);
    this.item = null;
    this.draft = drafts.blank(this.setup.questions);
    this.history = [];
    this.counts = null;
    this.storing = 0; // answers on their way to the outbox
    this.storedAt = 0; // when the last one arrived there
  }

  /** Show the next comment, or say that there is none yet. */
  next() {
    const item = this.supply.next();
    if (item) this.#show(item, this.kept.draftOf(item) ?? drafts.blank(this.setup.questions));
    else if (this.supply.finished) this.finish();
    else this.idle("Fetching the next ones…");
    this.refill();
  }

  /** Say why there is no comment. */
  idle(words) {
    this.#blank();
    this.card.wait(words);
  }

  /** Say that none is left. */
  finish() {
    this.#blank();
    this.card.finish(Boolean(this.supply.numbers?.closed), this.setup.practice);
  }

  get waitsForFeedback() {
    return this.#awaited !== null;
  }

  /** Do what a key or a button stands for. `at` is when it was pressed (performance clock). */
  act(id, at = performance.now(), touched = false) {
    this.#tapping = touched;
    this.#follow(id, at);
    this.#tapping = false;
  }

  #follow(id, at) {
    const [name, value] = id.split(":");
    if (name === "undo") return this.undo();
    if (name === "next" || (name === "send" && this.#awaited)) return this.#afterFeedback();
    if (!this.item || at < this.#readyAt + (this.#tapping && this.#tapped ? BOUNCE_MS : 0)) return; // pressed before the comment was there to be judged
    if (name === "skip") return this.#skip();
    if (name === "show") return this.#reveal();
    if (name === "send") return this.#send();
    if (!this.card.revealed) return this.say("Show the comment first, or skip it.");
    if (name === "flag") this.#change(drafts.flagged(this.draft, value));
    else if (name === "dispute") this.#change(drafts.disputed(this.draft));
    else this.#answer(name, /^\d+$/.test(value) ? Number(value) : value);
  }

  /** Keep a note on the comment. */
  note(text) {
    if (this.item) this.#change({ ...this.draft, note: text.trim() });
  }

  /** Ask a question again whose answer is there already. */
  again(question) {
    const { [question]: _before, ...answers } = this.draft.answers;
    this.#change({ ...this.draft, answers, kept: false });
  }

  /** Take the last answer back; as often as there are answers. */
  undo() {
    const last = this.history.pop();
    if (!last) return this.say("There is nothing to take back.");
    if (this.item) this.supply.putBack(this.item);
    this.#awaited = null;
    this.feedback(null);
    this.#count(last.event, -1);
    this.#show(last.item, drafts.again(this.setup.questions, last.event));
    this.pad.undoable(`${drafts.inWords(last.event)}, taken back`, this.history.length > 0);
    this.onUndo();
    this.#takeBack(last);
  }

  async #takeBack(last) {
    const event = drafts.undoing(last.item, last.event.uuid, this.#made(0));
    this.storing += 1;
    const row = this.#row(last.item, event);
    const removed = last.elsewhere ? this.outbox.add(row) : this.outbox.undo(last.event.uuid, row);
    if (!(await this.supply.reopen(last.item))) this.say("This one is open in another tab as well.");
    if ((await removed) === "gone") this.say("This answer was taken back in another tab already.");
    this.storing -= 1;
    this.storedAt = performance.now();
    this.changed();
    this.sender.nudge();
  }

  /** The server's answer to events that this or another tab sent. */
  heard(answer) {
    const found = (answer.feedback ?? []).find((one) => one.uuid === this.#awaited);
    const through = [...(answer.stored ?? []), ...(answer.known ?? [])].includes(this.#awaited);
    if (found) this.feedback(found, this.history.at(-1)?.event);
    else if (through || (answer.refused ?? []).some((one) => one.uuid === this.#awaited)) this.#afterFeedback();
  }

  /** Note how far the task is: what the server said, with what it has not heard of yet. */
  counted(numbers) {
    const current = numbers && !this.storing && numbers.askedAt > this.storedAt;
    if (current && (!this.counts || !numbers.waiting.length)) {
      this.counts = { done: numbers.mine, left: numbers.left, rate: numbers.rate };
      for (const row of numbers.waiting) this.#count(row.event, row.event.action === "undo" ? -1 : 1);
    }
    this.progress();
  }

  #answer(question, value) {
    const again = this.draft.answers[question] === value && drafts.complete(this.draft);
    if (again) this.#send();
    else this.#change(drafts.answered(this.draft, question, value));
  }

  #change(draft) {
    this.draft = draft;
    this.kept.keep(this.item, draft);
    if (drafts.complete(draft) && !drafts.contradiction(draft)) this.#submit();
    else this.pad.show(draft);
  }

  /** Enter: keep a contradiction, or send flags alone. */
  #send() {
    if (drafts.complete(this.draft) || (this.draft.flags.length && !Object.keys(this.draft.answers).length)) this.#submit();
    else this.say("Not everything is answered yet.");
  }

  #submit() {
    this.#leave(drafts.submission(this.item, this.draft, this.#made(this.watch.spent(), this.item)));
  }

  #skip() {
    this.#leave(drafts.skipping(this.item, this.draft, this.#made(this.watch.spent(), this.item)));
  }

  #reveal() {
    if (this.card.revealed) return;
    this.card.reveal();
    this.say(this.item.text);
  }

  /** The comment has its answer: on to the next at once, the answer goes its own way. */
  #leave(event) {
    const { item } = this;
    this.history.push({ item, event });
    this.supply.answer(item);
    this.#count(event, 1);
    if (event.action === "submit") this.pace.add(event.spent_ms);
    if (item.practice && event.action === "submit") {
      this.#awaited = event.uuid;
      this.#blank(); // the comment stays in sight while the right answer comes
    } else this.next();
    this.progress();
    this.pad.undoable(drafts.inWords(event), true);
    this.onAnswer(event);
    this.#store(item, event);
  }

  async #store(item, event) {
    this.storing += 1;
    await this.outbox.add(this.#row(item, event));
    this.storing -= 1;
    this.storedAt = performance.now();
    this.changed();
    if (this.item !== item) this.claims.release(item.assignment);
    this.kept.drop(item);
    this.sender.nudge();
  }

  #row(item, event) {
    return { person: this.setup.person, task: this.setup.task, item, event };
  }

  #made(spent, item = null) {
    const made = { uuid: crypto.randomUUID(), at: new Date().toISOString(), spent_ms: spent };
    return { ...made, suggestion_shown: Boolean(item?.suggestion) };
  }

  #afterFeedback() {
    if (!this.#awaited) return;
    this.#awaited = null;
    this.feedback(null);
    this.next();
  }

  #show(item, draft) {
    this.item = item;
    this.draft = draft;
    this.#tapped = this.#tapping;
    this.#readyAt = Number.POSITIVE_INFINITY;
    this.root.removeAttribute("data-ready");
    this.card.show(item);
    this.pad.show(draft);
    this.progress();
    this.stocked();
    this.say(item.toxic ? "This comment is hidden: it may be unpleasant to read." : item.text);
    afterPaint(() => {
      if (this.item !== item) return;
      this.#readyAt = performance.now();
      this.root.dataset.ready = String(item.assignment);
      this.watch.restart();
    });
  }

  #blank() {
    this.item = null;
    this.draft = drafts.blank(this.setup.questions);
    this.root.removeAttribute("data-ready");
    this.pad.show(null);
  }

  #count(event, by) {
    if (!this.counts) return;
    const done = event.action === "skip" ? 0 : by;
    this.counts = { ...this.counts, done: this.counts.done + done, left: Math.max(0, this.counts.left - by) };
  }

  /** How many comments are on hand behind this one. */
  stocked() {
    this.root.dataset.onHand = String(this.supply.stock);
  }

  /** The line and the bar above the comment. */
  progress() {
    if (!this.counts) return;
    const { done, left } = this.counts;
    const rate = this.pace.rate(this.counts.rate);
    const words = [`${done} done`, `${left} left`, rateWords(rate), leftWords(left, rate)].filter(Boolean).join(" · ");
    this.root.querySelector("[data-numbers]").textContent = words;
    const share = done + left ? Math.round((100 * done) / (done + left)) : 100;
    const track = this.root.querySelector("[data-track]");
    track.setAttribute("aria-valuenow", String(share));
    track.setAttribute("aria-valuetext", words);
    track.querySelector("[data-track-done]").setAttribute("width", String(share));
  }
}

/** Call back once what was just changed has been painted. */
function afterPaint(then) {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  });
}
