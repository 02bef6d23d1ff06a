/** Telling apart comments that one person wrote twice in the same words, where the page gives no id. */

/** For each wording, the elements that showed it last; bounded, and elements that left do not stay in memory. */
export class Twins {
  readonly #shown = new Map<string, WeakRef<Element>[]>();

  constructor(readonly limit = 10_000) {}

  /** How many connected elements with the same `key` stand before `element`; remembers `element` under it. */
  nth(key: string, element: Element): number {
    const others = (this.#shown.get(key) ?? []).filter((ref) => {
      const other = ref.deref();
      return other?.isConnected === true && other !== element;
    });
    this.#shown.delete(key);
    this.#shown.set(key, [...others, new WeakRef(element)]);
    if (this.#shown.size > this.limit) this.#shown.delete(this.#shown.keys().next().value as string);
    return others.filter((ref) => isBefore(ref.deref(), element)).length;
  }

  /** `element` no longer shows `key`. */
  forget(key: string, element: Element): void {
    const left = (this.#shown.get(key) ?? []).filter((ref) => ref.deref() !== element);
    if (left.length > 0) this.#shown.set(key, left);
    else this.#shown.delete(key);
  }

  get size(): number {
    return this.#shown.size;
  }
}

function isBefore(other: Element | undefined, element: Element): boolean {
  return other !== undefined && (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}
