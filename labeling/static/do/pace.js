// Numbers above the comment: done, left, how many a minute, how long it will take.

const RECENT = 20;
const FEWEST = 3;
const LONGEST_MS = 120_000; // longer looks are interruptions

export class Pace {
  #looks = [];

  /** A comment took so many milliseconds. */
  add(spent) {
    this.#looks = [...this.#looks, Math.min(spent, LONGEST_MS)].slice(-RECENT);
  }

  /** Comments a minute by the latest looks, or what the server knows; null where neither knows. */
  rate(known) {
    if (this.#looks.length < FEWEST) return known ?? null;
    const mean = this.#looks.reduce((sum, look) => sum + look, 0) / this.#looks.length;
    return 60_000 / Math.max(mean, 500);
  }
}

/** "14 a minute"; "" where it is not known. */
export function rateWords(rate) {
  return rate === null ? "" : `${rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate)} a minute`;
}

/** "about 20 minutes left"; "" where it is not known. */
export function leftWords(left, rate) {
  if (!left || !rate) return "";
  const minutes = left / rate;
  if (minutes < 1) return "less than a minute left";
  if (minutes < 90) return `about ${Math.round(minutes)} minute${Math.round(minutes) === 1 ? "" : "s"} left`;
  return `about ${Math.round(minutes / 60)} hours left`;
}
