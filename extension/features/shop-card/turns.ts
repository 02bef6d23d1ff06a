/** Which videos of the feed get a card: every so many. Kept as long as the tab shows TikTok. */

export class Turns {
  readonly #seen = new Set<string>();
  #since = 0;
  #chosen = "";

  /** Whether `videoId` gets a card; `every` counts from one card to the next, and only videos that were not seen before. */
  isDue(videoId: string, every: number): boolean {
    if (videoId === this.#chosen) return true;
    if (this.#seen.has(videoId)) return false;
    this.#seen.add(videoId);
    this.#since += 1;
    if (this.#since < every) return false;
    this.#since = 0;
    this.#chosen = videoId;
    return true;
  }
}
