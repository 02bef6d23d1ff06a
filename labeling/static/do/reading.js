// How long a text takes to read at the very least: the rule of the agreement page (labeling/watch/speed.py; a test holds them equal).

const KEY_MS = 350;
const LETTERS_A_SECOND = 60;
const WIDE_LETTER = 5;
const LONGEST_MS = 2_500;

const READ = /[\p{L}\p{N}]/u;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff10-\uff5a]/u;

/** The least milliseconds in which somebody can have read a text and pressed a key. */
export function leastMs(text) {
  let letters = 0;
  for (const char of text) if (READ.test(char)) letters += WIDE.test(char) ? WIDE_LETTER : 1;
  const words = text.split(/\s+/u).filter(Boolean).length;
  return Math.min(LONGEST_MS, KEY_MS + Math.round((1_000 * (letters + Math.max(0, words - 1))) / LETTERS_A_SECOND));
}
