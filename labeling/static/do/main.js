// Puts the annotate screen together.

import { Banner } from "./banner.js";
import { Card } from "./card.js";
import { Claims } from "./claims.js";
import { Coach } from "./coach.js";
import { inWords } from "./draft.js";
import { showFeedback } from "./feedback.js";
import { GuidePanel } from "./guide_panel.js";
import { KeptDraft } from "./kept_draft.js";
import { KeyPanel, storeChanges, storedChanges } from "./key_panel.js";
import { actionOf, keyMap, meant, plain } from "./keys.js";
import { NotePanel } from "./note_panel.js";
import { Outbox } from "./outbox.js";
import { Pace } from "./pace.js";
import { Pad } from "./pad.js";
import { Screen } from "./screen.js";
import { backoff, Sender } from "./sender.js";
import { Session } from "./session.js";
import { Skips } from "./skips.js";
import { Stopwatch } from "./stopwatch.js";
import { Supply } from "./supply.js";
import { Tally } from "./tally.js";
import { SignedOutError, Wire } from "./wire.js";
import { WorkingTime } from "./working_time.js";

const root = document.querySelector("[data-annotate]");
const setup = JSON.parse(root.dataset.annotate);
const at = (name) => root.querySelector(`[data-${name}]`);

const early = (event) => {
  if (meant(event)) at("last").textContent = "Still loading: that key did nothing.";
};
document.addEventListener("keydown", early);

const wire = new Wire(setup.api, setup.token);
const outbox = await Outbox.open();
const claims = new Claims(setup.person);
const supply = new Supply({ wire, claims, outbox, person: setup.person, task: setup.task });
const pad = new Pad(root);
const time = new WorkingTime(wire, setup.task);
const watch = new Stopwatch();
const pace = new Pace();
const tabs = new BroadcastChannel(`buysignal-label-${setup.person}`);
const banner = new Banner(at("banner"), {
  "sign-in": location.pathname,
  decide: async (state) => {
    await outbox.decide(setup.person, state);
    sender.kick();
    changed();
  },
});
const session = new Session({
  wire,
  person: setup.person,
  changed,
  back: () => {
    sender.kick();
    refill();
  },
});
const sender = new Sender({
  outbox,
  wire,
  person: setup.person,
  signedOut: () => session.turnedAway(),
  heard: (answer) => {
    screen.heard(answer);
    tabs.postMessage(answer);
  },
  changed,
});
const coach = new Coach(at("coach"), hints(setup.questions));
const screen = new Screen({
  root, setup, card: new Card(at("stage")), pad, supply, outbox, sender, claims, watch,
  pace,
  tally: new Tally(root, pace),
  kept: new KeptDraft(setup.person, setup.task),
  say: (words) => {
    at("say").textContent = words;
  },
  feedback: (found, event) => showFeedback(at("feedback"), found, event),
  onAnswer: (event) => {
    note.close();
    oneMoreWaits();
    if (event.action === "submit") coach.forward();
  },
  onUndo: oneMoreWaits,
  refill,
  changed,
});
const skips = new Skips({ screen, supply, outbox, sender, wire, pad, setup });
const note = new NotePanel(at("note"), (text) => screen.note(text));
const guide = new GuidePanel(at("guide"), root.querySelector("[data-action=guide]"), wire, setup.task);

let map = keyMap(Object.keys(setup.keys).length ? setup.keys : storedChanges(setup.person));
const keys = new KeyPanel(at("keys"), {
  map,
  layout: null,
  changed: (next, changes) => {
    map = next;
    pad.keys(map, keys.layout);
    storeChanges(setup.person, changes);
    wire.post("keys", { keys: changes }).catch(() => {}); // they hold in this browser in any case
  },
});

let failures = 0;
let refillTimer = 0;
let leaseReached = true;

/** Fetch more comments where few are on hand, and show one where none is. */
async function refill() {
  clearTimeout(refillTimer);
  supply.dropStale(Date.now());
  try {
    await supply.topUp();
    failures = 0;
    leaseReached = true;
    screen.counted(supply.numbers);
    screen.stocked();
    told(supply.numbers);
    if (!screen.item && !screen.waitsForFeedback) first();
  } catch (error) {
    if (error instanceof SignedOutError) {
      if (await session.turnedAway()) refillTimer = setTimeout(refill, 0);
    } else {
      failures += 1;
      leaseReached = false;
      refillTimer = setTimeout(refill, backoff(failures, Math.random()));
    }
    if (!screen.item && !screen.waitsForFeedback) screen.idle("No comment is on hand. The next ones come as soon as BuySignal can be reached.");
  }
  changed();
}

function first() {
  if (supply.stock) screen.next();
  else if (supply.finished) screen.finish();
  else refillTimer = setTimeout(refill, 2_000); // another tab has what came
}

function told(numbers) {
  const returned = numbers?.returned ?? 0;
  at("returned").hidden = !returned;
  at("returned").textContent = `${returned} returned answer${returned === 1 ? "" : "s"}`;
}

let reading = 0;

/** Nothing counts as sent until the outbox was read again. */
function oneMoreWaits() {
  reading += 1;
  root.dataset.waiting = String(Number(root.dataset.waiting ?? 0) + 1);
}

/** Say what is not as usual. */
async function changed() {
  reading += 1;
  const mine = reading;
  const { waiting, refused } = await outbox.pending(setup.person);
  if (mine !== reading) return; // something happened meanwhile, and is being read
  root.dataset.waiting = String(waiting.length);
  banner.show({
    signedOut: session.signedOut,
    otherPerson: session.otherPerson,
    connected: sender.connected && leaseReached,
    waiting: waiting.length,
    refused: refused.length,
    reason: refused[0]?.reason ?? "",
    durable: outbox.durable,
  });
}

/** What undo can take back: answers of this browser, or, in a new one, the latest that BuySignal has. */
async function earlier() {
  const own = (await outbox.history(setup.person, setup.task)).map(({ item, event }) => ({ item, event }));
  if (own.length) return own;
  try {
    const { events } = await wire.get(`history?task=${encodeURIComponent(setup.task)}`);
    return events
      .filter((one) => !one.undone)
      .reverse()
      .map((one) => ({ item: { assignment: one.assignment, text: one.text, lang: one.lang, practice: setup.practice }, event: one, elsewhere: true }));
  } catch {
    return []; // nothing to take back until BuySignal answers
  }
}

function hints(questions) {
  const grade = questions.includes("grade");
  const touch = matchMedia("(hover: none) and (pointer: coarse)").matches;
  const more = questions.length > 1 ? " The next question follows by itself." : " The next one follows by itself.";
  return [
    ["Read", "What does the writer mean? Caption, product and the comment they answer stand above it."],
    ["Answer", `${touch ? "Tap your answer." : grade ? "Press 1 to 9, or 0 for 10. Clicking does the same." : "Press the key printed on a button, or click it."}${more}`],
    ["Slipped?", `${touch ? "Undo" : "Z"} takes your last answer back, as often as you like. ${touch ? "Skip" : "Space"} skips; you can answer skipped ones later.`],
    ["Not sure?", touch ? "Guide opens the rules with examples. Unsure marks an answer as such." : "G opens the guide beside the comment, ? shows every key. U marks an answer as unsure."],
  ];
}

function act(id, pressedAt, by = {}) {
  time.touch();
  if (id === "guide") guide.toggle();
  else if (id === "help") keys.open();
  else if (id === "pause") pause();
  else if (id === "skipped") skips.ask();
  else if (id === "note") {
    if (screen.item) note.open(screen.draft.note);
  } else screen.act(id, pressedAt, by);
}

function pause() {
  watch.pause();
  time.pause();
  at("rest").showModal();
}

document.removeEventListener("keydown", early);
document.addEventListener("keydown", (event) => {
  if (root.querySelector("dialog[open]") || !meant(event)) return;
  const id = actionOf(map, setup.questions, event.code) ?? (event.key === "?" ? "help" : null);
  if (event.code === "Escape" && guide.open) guide.toggle(false);
  if (!id) return;
  event.preventDefault();
  act(id, event.timeStamp, { code: plain(event.code) });
});

root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.closest("dialog")) return;
  const byPointer = event.detail > 0;
  if (byPointer) button.blur(); // so that Space skips and does not press the same button again
  if (button.dataset.again) screen.again(button.dataset.again);
  else if (button.dataset.action) act(button.dataset.action, event.timeStamp, { touched: byPointer });
});

at("rest").addEventListener("close", () => {
  watch.resume();
  time.touch();
});
at("rest").addEventListener("click", (event) => event.target.closest("[data-rest-end]") && at("rest").close());
tabs.addEventListener("message", ({ data }) => {
  screen.heard(data);
  changed();
});
addEventListener("online", refill);
document.addEventListener("visibilitychange", () => document.hidden || refill());
addEventListener("beforeunload", (event) => {
  if (!outbox.durable && root.dataset.waiting !== "0") event.preventDefault();
});

pad.keys(map, null);
pad.ready();
at("practice").hidden = !setup.practice;
screen.next(); // asks for comments at once; what undo can take back is looked up meanwhile
sender.kick();
outbox.prune(setup.person, setup.task).catch(() => {}); // a full disk keeps nobody from labeling
const before = await earlier();
const given = new Set(screen.history.map(({ event }) => event.uuid));
screen.history.unshift(...before.filter(({ event }) => !given.has(event.uuid)));
if (!given.size) pad.saved(before.length ? `Last answer: ${inWords(before.at(-1).event)}` : "", before.length > 0);
navigator.keyboard?.getLayoutMap?.().then((layout) => {
  keys.layout = layout;
  pad.keys(map, layout);
}, () => {});
