/** A least-recently-used map bounded by bytes. Pure: the caller says what an entry weighs. */
export class ByteLru<V> {
  readonly #entries = new Map<string, { value: V; bytes: number }>();
  #bytes = 0;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The value, which thereby becomes the youngest. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Stores `value` and returns the keys that had to go, oldest first (the new one too where it alone is too big). */
  set(key: string, value: V, bytes: number): string[] {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    return this.shrink(this.limit);
  }

  delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }

  /** Drops the oldest until at most `limit` bytes are left; returns their keys. */
  shrink(limit: number): string[] {
    const gone: string[] = [];
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= limit) break;
      gone.push(key);
      this.delete(key);
    }
    return gone;
  }
}
