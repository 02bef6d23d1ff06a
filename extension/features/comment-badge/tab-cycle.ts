/** The Tab key stays within the open card: it is the last thing on the page, so that one step further the page was lost. */
const STOPS = "button:not([disabled]), a[href], [tabindex='0']";

/** What gets the focus in place of where Tab would lead from `active`; null where that is within `card` anyway. */
export function tabWithin(card: HTMLElement, active: Element | null, isBack: boolean): HTMLElement | null {
  const stops = [...card.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.closest("[hidden]") === null);
  const first = stops[0];
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return null;
  if (isBack) return active === first || active === card ? last : null;
  return active === last ? first : null;
}
