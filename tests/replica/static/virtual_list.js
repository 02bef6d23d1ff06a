// A virtual list of threads (G2): few absolutely placed blocks, bound to other comments as the reader scrolls.
import { cls } from './names.js';
import { h } from './dom.js';
import { browseThread } from './browse_thread.js';

const GUESSED_HEIGHT = 92;
const OVERSCAN = 700;

export class VirtualList {
  #blocks = new Map(); // index -> block on screen
  #free = [];
  #heights = [];
  #queued = false;

  constructor(scroller, feed) {
    this.scroller = scroller;
    this.feed = feed;
    this.spacer = h('div', { class: cls('DivVirtualSpacer') });
    this.sizes = new ResizeObserver((entries) => this.#measured(entries));
    scroller.addEventListener('scroll', () => this.queue(), { passive: true });
  }

  queue() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => { this.#queued = false; this.render(); });
  }

  /** Rows on screen, top to bottom. */
  rows() {
    return [...this.#blocks.entries()].sort(([a], [b]) => a - b).flatMap(([, block]) => block.rows());
  }

  rebind(thread) {
    for (const block of this.#blocks.values()) if (block.thread === thread) block.bind(thread);
  }

  render() {
    const { threads } = this.feed;
    const tops = [];
    let height = 0;
    for (let index = 0; index < threads.length; index += 1) {
      tops.push(height);
      height += this.#heights[index] ?? GUESSED_HEIGHT;
    }
    this.spacer.style.height = `${height}px`;
    const from = this.scroller.scrollTop - this.spacer.offsetTop - OVERSCAN;
    const to = from + this.scroller.clientHeight + 2 * OVERSCAN;
    const wanted = new Set();
    tops.forEach((top, index) => { if (top < to && top + (this.#heights[index] ?? GUESSED_HEIGHT) > from) wanted.add(index); });
    for (const [index, block] of this.#blocks) {
      if (!wanted.has(index)) { this.#blocks.delete(index); this.#free.push(block); }
    }
    for (const index of wanted) {
      const block = this.#blocks.get(index) ?? this.#take(index);
      block.item.style.top = `${tops[index]}px`;
    }
    for (const block of this.#free.splice(0)) { this.sizes.unobserve(block.item); block.item.remove(); }
  }

  #take(index) {
    let block = this.#free.pop();
    if (!block) {
      block = browseThread(this.feed, {});
      block.item = h('div', { class: cls('DivVirtualItemContainer') }, block.element);
    }
    block.index = index;
    block.item.replicaIndex = index;
    block.bind(this.feed.threads[index]);
    if (!block.item.isConnected) { this.spacer.append(block.item); this.sizes.observe(block.item); }
    this.#blocks.set(index, block);
    return block;
  }

  #measured(entries) {
    for (const { target } of entries) {
      if (target.isConnected) this.#heights[target.replicaIndex] = target.offsetHeight;
    }
    this.queue();
  }
}
