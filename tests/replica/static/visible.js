// A hidden window loads and renders nothing; a test may pretend that this one is hidden.
let pretended = false;

for (const [name, value] of [['hidden', () => pretended], ['visibilityState', () => (pretended ? 'hidden' : 'visible')]]) {
  const real = Object.getOwnPropertyDescriptor(Document.prototype, name).get;
  Object.defineProperty(document, name, { configurable: true, get: () => (pretended ? value() : real.call(document)) });
}

export function setHidden(hidden) {
  if (pretended === hidden) return;
  pretended = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Resolves at once on a visible page, else when the page is shown. */
export function whenVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', function shown() {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', shown);
      resolve();
    });
  });
}
