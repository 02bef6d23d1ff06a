/** The panel's upper half: the share of likely buyers with its interval, what is asked, what holds people back. */
import { h } from "../../lib/dom";
import { plural, t } from "../../lib/i18n";
import { signalPhrase } from "../../lib/words";
import type { Tally } from "./tally";

const MAX_OBJECTIONS = 3;

export function summaryOf(tally: Tally): Node[] {
  const n = tally.graded.length;
  if (n === 0) return [];
  return [
    h(
      "div",
      { class: "share" },
      h("p", { class: "big" }, h("b", {}, percent(tally.high / n)), " ", h("span", {}, t("panel_close_to_buying"))),
      bar(tally),
      h("p", { class: "muted" }, plural("panel_of_seen", n, tally.high), " ", interval(tally.share)),
      tally.seen > n ? h("p", { class: "muted" }, t("panel_grading", n, tally.seen)) : null,
    ),
    ...asks(tally),
    ...objections(tally),
  ];
}

/** "between 4 % and 15 % with 95 % certainty". */
function interval([low, high]: readonly [number, number]): string {
  return t("panel_interval", percent(low), percent(high));
}

function bar({ share: [low, high], high: hits, graded }: Tally): HTMLElement {
  const track = h(
    "div",
    { class: "track", "aria-hidden": true },
    h("div", { class: "range" }),
    h("div", { class: "point" }),
  );
  const [range, point] = track.children as unknown as [HTMLElement, HTMLElement];
  range.style.insetInlineStart = `${low * 100}%`;
  range.style.width = `${(high - low) * 100}%`;
  point.style.insetInlineStart = `${(hits / graded.length) * 100}%`;
  return track;
}

function asks({ asks: found }: Tally): Node[] {
  if (found.length === 0) return [];
  const most = found[0]?.count ?? 1;
  const rows = found.map(({ signal, count }) => {
    const fill = h("span", { class: "fill", "aria-hidden": true });
    fill.style.width = `${(count / most) * 100}%`;
    return h(
      "li",
      {},
      h("span", { class: "label" }, signalPhrase(signal)),
      h("span", { class: "meter" }, fill),
      h("b", {}, count),
    );
  });
  return [h("h3", {}, t("panel_asks")), h("ul", { class: "asks" }, ...rows)];
}

function objections({ objections: found }: Tally): Node[] {
  if (found.length === 0) return [];
  const quotes = found.slice(0, MAX_OBJECTIONS).map(({ seen }) => h("li", { dir: "auto" }, seen.row.text));
  return [h("h3", {}, plural("panel_objections", found.length)), h("ul", { class: "objections" }, ...quotes)];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
