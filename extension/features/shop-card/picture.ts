/** A drawing in place of a picture: nothing is loaded, so nobody learns what is looked at. */
import { h } from "../../lib/dom";

const TONES = 3;

/** A bag drawn by the stylesheet, in one of a few tones, the same for the same title every time. */
export function drawing(title: string): HTMLElement {
  return h("div", { class: `drawing tone-${toneOf(title)}`, "aria-hidden": "true" });
}

function toneOf(title: string): number {
  let sum = 0;
  for (const char of title) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9_973;
  return sum % TONES;
}
