// How many comments a minute, and how long the rest will take.

const RECENT = 30;
const FEWEST = 5; // answers from which on a rate says something
const USUAL = 5; // comments a minute, until the person's own pace is known
const WEIGHT = 5; // the pace known before counts as so many answers, so that one quick or slow answer moves little
const LONGEST_MS = 120_000; // longer looks are interruptions
const UNUSUAL = 3; // a look counts as three usual ones at most

export class Pace {
  #looks = new Map(); // uuid of the answer -> milliseconds

  /** The answer `uuid` took so many milliseconds. */
  add(uuid, spent) {
    this.#looks.set(uuid, Math.min(spent, LONGEST_MS));
    for (const oldest of [...this.#looks.keys()].slice(0, -RECENT)) this.#looks.delete(oldest);
  }

  /** It was taken back. */
  drop(uuid) {
    this.#looks.delete(uuid);
  }

  /** Comments a minute by the latest looks that stand, or what BuySignal knows (`known`); null where neither knows. */
  rate(known) {
    const looks = [...this.#looks.values()].sort((one, other) => one - other);
    if (looks.length < FEWEST) return known ?? null;
    const most = UNUSUAL * looks[Math.floor(looks.length / 2)];
    const spent = looks.reduce((sum, look) => sum + Math.min(look, most), 0);
    return (60_000 * (looks.length + WEIGHT)) / (spent + (WEIGHT * 60_000) / (known || USUAL));
  }
}

/** "14 a minute"; "" where it is not known. */
export function rateWords(rate) {
  return rate === null ? "" : `${Math.max(1, Math.round(rate))} a minute`;
}

/** "about 20 minutes left"; "" where it is not known. */
export function leftWords(left, rate) {
  if (!left || !rate) return "";
  const minutes = left / rate;
  if (minutes < 1) return "less than a minute left";
  if (minutes >= 90) return `about ${Math.round(minutes / 60)} hours left`;
  const told = minutes < 10 ? Math.round(minutes) : 5 * Math.round(minutes / 5);
  return `about ${told} minute${told === 1 ? "" : "s"} left`;
}
