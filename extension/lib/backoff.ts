/** How long to wait before looking for the companion again. */

const FIRST = 2_000;
const LONGEST = 60_000;

/**
 * Milliseconds before attempt `failures` + 1: 2 s doubled per failure up to 60 s, spread by ±20 % so that
 * several browsers on one machine do not knock in step. `random` is in [0, 1).
 */
export function backoff(failures: number, random: number): number {
  const base = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(Math.min(LONGEST, Math.max(FIRST, base * (0.8 + 0.4 * random))));
}
