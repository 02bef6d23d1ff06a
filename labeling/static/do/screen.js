// The annotate screen: which comment is shown, what a press does to it, and where the answer goes.

import * as drafts from "./draft.js";
import { leastMs } from "./reading.js";
import { TypedTen } from "./typed_ten.js";

const BOUNCE_MS = 250; // a second tap this soon after the tap that brought a comment was meant for the one before

export class Screen {
  #awaited = null; // uuid of the practice answer whose feedback is awaited or shown
  #tapping = false; // whether a tap is being followed now
  #tapped = false; // whether the comment on screen was brought by a tap
  #readyAt = Number.POSITIVE_INFINITY; // when the comment stood on screen, in the clock of events
  #looked = new Map(); // milliseconds that were spent on comments that come back, by assignment
  #ten = new TypedTen();

  /** Parts: root, setup, card, pad, supply, outbox, sender, claims, watch, pace, tally, kept (of drafts), onAnswer, onUndo. */
  constructor(parts) {
    Object.assign(this, parts);
    this.item = null;
    this.draft = drafts.blank(this.setup.questions);
    this.history = [];
    this.storing = 0; // answers on their way to the outbox
    this.storedAt = 0; // when the last one arrived there
  }

  /** Show the next comment, or say that there is none yet. */
  next() {
    const item = this.supply.next();
    if (item) this.#show(item, this.kept.draftOf(item) ?? drafts.blank(this.setup.questions));
    else if (this.supply.finished) this.finish();
    else this.idle("Fetching the next ones. Keys and buttons work as soon as one stands here.");
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
    const { closed = false, done = 0, total = 0, left = 0, skipped = 0 } = this.supply.numbers ?? {};
    this.card.finish({ closed, practice: this.setup.practice, skipped: this.tally.skipped, others: total - done > left + skipped });
  }

  get waitsForFeedback() {
    return this.#awaited !== null;
  }

  /** Do what a key (its physical `code`) or a button ("") stands for. `at` is when it was pressed (performance clock). */
  act(id, at = performance.now(), { touched = false, code = "" } = {}) {
    this.#tapping = touched;
    const one = this.#ten.press({ id, code, at }, this.history.at(-1)?.event, this.item ? leastMs(this.item.text) : 0);
    if (one) this.#makeTen();
    else this.#follow(id, at);
    this.#tapping = false;
  }

  #follow(id, at) {
    const [name, value] = id.split(":");
    if (name === "undo") return this.undo();
    if (name === "next" || (name === "send" && this.#awaited)) return this.#afterFeedback();
    if (!this.item && this.#awaited) return; // the right answer is being read
    if (!this.item) return this.pad.hint("There is no comment to answer yet: that did nothing.");
    if (at < this.#readyAt + (this.#tapping && this.#tapped ? BOUNCE_MS : 0)) return; // pressed before the comment was there to be judged
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
    this.#setAside();
    this.#awaited = null;
    this.feedback(null);
    this.tally.count(last.event, -1);
    this.pace.drop(last.event.uuid);
    this.#looked.set(last.item.assignment, last.event.spent_ms ?? null);
    this.#show(last.item, drafts.again(this.setup.questions, last.event));
    this.pad.saved(`${drafts.inWords(last.event)}, taken back: answer it again`, this.history.length > 0);
    this.onUndo();
    this.#takeBack(last);
  }

  /** Skips that were taken back: their comments come next, with what was marked on them, before the one on screen. */
  reopened(skips, came) {
    const uuids = new Set(skips.map((skip) => skip.uuid));
    for (const { item, event } of this.history) if (uuids.has(event.uuid)) this.kept.keep(item, drafts.again(this.setup.questions, event));
    this.history = this.history.filter(({ event }) => !uuids.has(event.uuid));
    this.#setAside(came);
    this.next();
    this.pad.saved(came ? "Skipped before: answer it now, or skip it again." : "What you skipped needs no answer any more.", this.history.length > 0);
  }

  /** A comment that is on screen comes again later, and what was spent on it counts then. */
  #setAside(after = 0) {
    if (!this.item) return;
    if (Number.isFinite(this.#readyAt)) this.#looked.set(this.item.assignment, this.#spent()); // else it was not in sight yet
    this.supply.putBack(this.item, after);
  }

  /** 1 and 0 were typed for ten: the 1 is taken back, and 10 takes its place, for the comment that it was meant for. */
  async #makeTen() {
    const { item, event: one } = this.history.pop();
    const event = drafts.asTen(this.setup.questions, one, this.#made(one.spent_ms));
    this.history.push({ item, event });
    this.pace.drop(one.uuid);
    this.pace.add(event.uuid, event.spent_ms);
    this.pad.saved(`${drafts.savedWords(event)}: you typed 1 and 0`, true);
    if (this.#awaited) {
      this.#awaited = event.uuid;
      this.feedback(null);
    }
    this.onUndo();
    this.storing += 1;
    const undo = drafts.undoing(item, one.uuid, this.#made(0));
    await Promise.all([this.outbox.undo(one.uuid, this.#row(item, undo)), this.outbox.add(this.#row(item, event))]); // written in this order
    this.#stored();
  }

  async #takeBack(last) {
    const event = drafts.undoing(last.item, last.event.uuid, this.#made(0));
    this.storing += 1;
    const row = this.#row(last.item, event);
    const removed = last.elsewhere ? this.outbox.add(row) : this.outbox.undo(last.event.uuid, row);
    if (!(await this.supply.reopen(last.item))) this.say("This one is open in another tab as well.");
    if ((await removed) === "gone") this.say("This answer was taken back in another tab already.");
    this.#stored();
  }

  /** What was done is on disk. */
  #stored() {
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
    this.tally.told(numbers, current);
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
    else this.pad.hint("Not everything is answered yet.");
  }

  #submit() {
    this.#leave(drafts.submission(this.item, this.draft, this.#made(this.#spent(), this.item)));
  }

  #skip() {
    this.#leave(drafts.skipping(this.item, this.draft, this.#made(this.#spent(), this.item)));
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
    const hurried = event.action === "submit" && event.spent_ms !== null && event.spent_ms < leastMs(item.text);
    this.#looked.delete(item.assignment);
    this.tally.count(event, 1);
    this.#ten.left(event);
    if (event.action === "submit" && event.spent_ms !== null) this.pace.add(event.uuid, event.spent_ms);
    if (item.practice && event.action === "submit") {
      this.#awaited = event.uuid;
      this.#blank(); // the comment stays in sight while the right answer comes
    } else this.next();
    this.tally.show();
    this.pad.saved(drafts.savedWords(event) + (hurried ? ". That was quicker than it can be read: no need to hurry." : ""), true);
    this.onAnswer(event);
    this.#store(item, event);
  }

  async #store(item, event) {
    this.storing += 1;
    await this.outbox.add(this.#row(item, event));
    if (this.item !== item) this.claims.release(item.assignment);
    this.kept.drop(item);
    this.#stored();
  }

  #row(item, event) {
    return { person: this.setup.person, task: this.setup.task, item, event };
  }

  /** Milliseconds spent on the comment on screen; null where an earlier look at it was not timed here. */
  #spent() {
    return this.#looked.get(this.item.assignment) === null ? null : this.watch.spent();
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
    this.tally.show();
    this.stocked();
    this.say(item.toxic ? "This comment is hidden: it may be unpleasant to read." : item.text);
    afterPaint(() => {
      if (this.item !== item) return;
      this.#readyAt = performance.now();
      this.root.dataset.ready = String(item.assignment);
      this.watch.restart(this.#looked.get(item.assignment) ?? 0);
    });
  }

  #blank() {
    this.item = null;
    this.draft = drafts.blank(this.setup.questions);
    this.root.removeAttribute("data-ready");
    this.pad.show(null);
  }

  /** How many comments are on hand behind this one. */
  stocked() {
    this.root.dataset.onHand = String(this.supply.stock);
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
