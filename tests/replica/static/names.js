// Class names as Emotion builds them: only the component's name is stable, the hashes change with every run.
import { config } from './config.js';

const cache = new Map();

function hash(text, length) {
  let a = 0x811c9dc5;
  let out = '';
  for (let round = 0; out.length < length; round += 1) {
    for (const letter of `${config.seed}/${text}/${round}`) {
      a = Math.imul(a ^ letter.codePointAt(0), 0x01000193) >>> 0;
    }
    out += a.toString(36);
  }
  return out.slice(0, length);
}

const buildTag = [...hash('build', 8)].map((letter) => (parseInt(letter, 36) % 16).toString(16)).join('');

/** Class attribute for one component, or for a composed one (two names). */
export function cls(...components) {
  const key = components.join('+');
  if (!cache.has(key)) {
    const tail = `e${hash(`tail/${key}`, 8)}`;
    const old = config.layout === 'g1';
    const name = old ? `-${components.join('-')}` : components.map((part) => `-${buildTag}--${part}`).join('');
    cache.set(key, `${old ? 'tiktok' : 'css'}-${hash(key, 6)}${name} ${tail}`);
  }
  return cache.get(key);
}

/** A meaningless class, for the layout that nothing is known about. */
export function opaque(key) {
  return `x${hash(`opaque/${key}`, 7)}`;
}
