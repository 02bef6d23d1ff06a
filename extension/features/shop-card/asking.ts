/** Comments under the video that ask for something: the card should answer them. */
import type { Signal } from "../../lib/messages";
import { ASKING as MOST } from "../../lib/requests";
import { isHigh, type Seen } from "../../lib/thread";

const ASKS: readonly Signal[] = ["availability", "price", "want", "question"];

/** Their words, those closest to buying first. */
export function askingTexts(seen: readonly Seen[]): string[] {
  return seen
    .flatMap((each) =>
      each.grading.state === "scored" && !each.byCreator ? [{ each, score: each.grading.score }] : [],
    )
    .filter(({ each, score }) => ASKS.includes(score.yours?.signal ?? score.signal) && isHigh(each.grading))
    .sort((one, other) => other.score.p_high - one.score.p_high)
    .slice(0, MOST)
    .map(({ each }) => each.row.text);
}
