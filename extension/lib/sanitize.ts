/** A page's text made safe to hash, send and show: one normaliser for ids, requests and the screen. */

/** The companion cuts at the same length (code points) and would answer `truncated: true`. */
export const TEXT_LIMIT = 1000;

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// Other controls; bidi marks, embeddings, overrides and isolates; byte-order mark; annotation anchors.
const STRIPPED = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * `raw` in NFC, without control and direction characters, trimmed, at most `limit` code points.
 * Lone surrogates become U+FFFD. Applying it twice changes nothing.
 */
export function sanitize(raw: string, limit = TEXT_LIMIT): string {
  // A 10 MB comment must not cost a 10 MB normalisation: nothing past this point can survive the cut unless
  // thousands of characters before it are stripped, and then it is noise.
  const clean = head(raw, limit * 8)
    .toWellFormed()
    .replace(BREAKS, " ")
    .replace(STRIPPED, "")
    .normalize("NFC");
  return cut(clean.trim(), limit).trimEnd();
}

/** The first `limit` code points of a well-formed string. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let units = 0;
  for (let count = 0; count < limit && units < text.length; count++)
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, units);
}

/** At most `units` UTF-16 units, never ending in the first half of a pair. */
function head(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}
