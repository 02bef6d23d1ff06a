// A grid that asks for more when the window nears its end, and says so when its list fails.
import { whenVisible } from './visible.js';
import { cls } from './names.js';
import { h } from './dom.js';
import { failure, skeleton } from './list_states.js';
import { remember } from './items.js';
import { tile } from './grid.js';

const NEAR = 400;

/**
 * Handle `{grid, items, start, destroy}` around the element `grid`. `ask(cursor)` resolves to
 * `{items, cursor, more}`; `kind` and `options` go to the tiles; `onEmpty` is called when nothing came at all.
 */
export function endlessGrid(grid, { kind, cursor, ask, options, onEmpty = () => {} }) {
  const items = [];
  const foot = h('div', { class: cls('DivListFooter') });
  let more = true;
  let busy = false;
  let retried = false;

  function add(found) {
    const known = new Set(items.map((item) => item.id));
    const fresh = remember(found).filter((item) => !known.has(item.id));
    items.push(...fresh);
    grid.append(...fresh.map((item) => tile(item, kind, options(items))));
  }

  async function load() {
    if (!more || busy) return;
    busy = true;
    foot.replaceChildren(skeleton());
    try {
      await whenVisible();
      const page = await ask(cursor);
      await whenVisible();
      ({ cursor, more } = page);
      add(page.items);
      foot.replaceChildren();
      busy = false;
      if (items.length === 0 && !more) onEmpty();
      if (page.items.length === 0 && more && !retried) { retried = true; await load(); }
    } catch {
      foot.replaceChildren(failure(() => { busy = false; load(); }));
    }
    if (!busy && more && grid.isConnected && document.documentElement.scrollHeight <= window.innerHeight) await load();
  }

  const onScroll = () => {
    if (document.documentElement.scrollHeight - window.scrollY - window.innerHeight < NEAR) load();
  };
  window.addEventListener('scroll', onScroll, { passive: true });
  grid.after(foot);
  return { grid, items, add, start: load, destroy: () => window.removeEventListener('scroll', onScroll) };
}
