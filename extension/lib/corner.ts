/** The lower left corner has room for one unfolded panel: while the one in front is unfolded, those behind step aside. */
let isTaken = false;
const told = new Set<() => void>();

/** The panel in front was unfolded, or folded again. */
export function takeCorner(taken: boolean): void {
  if (taken === isTaken) return;
  isTaken = taken;
  for (const tell of told) tell();
}

export function cornerTaken(): boolean {
  return isTaken;
}

/** Call `changed` when the panel in front is unfolded or folded, until `signal` aborts. */
export function watchCorner(changed: () => void, signal: AbortSignal): void {
  told.add(changed);
  signal.addEventListener("abort", () => told.delete(changed), { once: true });
}
