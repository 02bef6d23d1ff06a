// Which key does what. Keys are physical (event.code), so AZERTY, Dvorak or Cyrillic layouts press the same places.

/** Every action, with the key it has until somebody changes it. `group` is what it answers or does. */
export const ACTIONS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((grade) => ({ id: `grade:${grade}`, group: "grade", code: `Digit${grade % 10}` })),
  ...[0, 1, 2].map((quality) => ({ id: `quality:${quality}`, group: "quality", code: `Digit${quality}` })),
  { id: "sentiment:negative", group: "sentiment", code: "KeyQ" },
  { id: "sentiment:neutral", group: "sentiment", code: "KeyW" },
  { id: "sentiment:positive", group: "sentiment", code: "KeyE" },
  { id: "signal:none", group: "signal", code: "KeyX" },
  { id: "signal:praise", group: "signal", code: "KeyR" },
  { id: "signal:question", group: "signal", code: "KeyI" },
  { id: "signal:price", group: "signal", code: "KeyP" },
  { id: "signal:availability", group: "signal", code: "KeyA" },
  { id: "signal:want", group: "signal", code: "KeyT" },
  { id: "signal:bought", group: "signal", code: "KeyB" },
  { id: "signal:objection", group: "signal", code: "KeyO" },
  { id: "flag:spam", group: "tool", code: "KeyS" },
  { id: "flag:creator", group: "tool", code: "KeyC" },
  { id: "flag:unsure", group: "tool", code: "KeyU" },
  { id: "dispute", group: "grade", code: "KeyH" },
  { id: "skip", group: "tool", code: "Space" },
  { id: "undo", group: "tool", code: "KeyZ" },
  { id: "note", group: "tool", code: "KeyN" },
  { id: "show", group: "tool", code: "KeyV" },
  { id: "send", group: "tool", code: "Enter" },
  { id: "guide", group: "tool", code: "KeyG" },
  { id: "help", group: "tool", code: "Slash" },
];

const KNOWN = new Map(ACTIONS.map((action) => [action.id, action]));

/** Keys that the browser or a screen reader needs, or that do not come alone. */
const RESERVED = /^(Tab|Escape|F\d+|Shift|Control|Alt|Meta|OS|CapsLock|Arrow|Page|Home|End|ContextMenu|NumLock|PrintScreen|Unidentified|$)/;

/** The same key on the numeric pad. */
const NUMPAD = /^Numpad(\d|Enter)$/;

/** The key that counts for a pressed one: the numeric pad's digits are digits. */
export function plain(code) {
  const found = NUMPAD.exec(code);
  if (!found) return code;
  return found[1] === "Enter" ? "Enter" : `Digit${found[1]}`;
}

/** The usual keys with a person's own changes; a change that is not known, not allowed or in conflict is left out. */
export function keyMap(changes = {}) {
  const map = new Map(ACTIONS.map((action) => [action.id, action.code]));
  for (const [id, code] of Object.entries(changes)) {
    if (KNOWN.has(id) && typeof code === "string" && allowed(code)) map.set(id, plain(code));
  }
  return conflicts(map).length ? new Map(ACTIONS.map((action) => [action.id, action.code])) : map;
}

/** Whether a key may be chosen at all. */
export function allowed(code) {
  return !RESERVED.test(code);
}

/** Grade and quality are never asked of the same thing, so these two may share keys. */
function apart(one, other) {
  const groups = new Set([KNOWN.get(one).group, KNOWN.get(other).group]);
  return groups.has("quality") && groups.has("grade") && one !== "dispute" && other !== "dispute";
}

/** Pairs of actions on the same key: [[id, id, code]]. */
export function conflicts(map) {
  const found = [];
  const all = [...map];
  all.forEach(([one, code], at) => {
    for (const [other, its] of all.slice(at + 1)) {
      if (code === its && !apart(one, other)) found.push([one, other, code]);
    }
  });
  return found;
}

/** Who has this key already, were it given to `id`; null where nobody. */
export function taken(map, id, code) {
  const trial = new Map(map).set(id, plain(code));
  const clash = conflicts(trial).find(([one, other]) => one === id || other === id);
  return clash ? (clash[0] === id ? clash[1] : clash[0]) : null;
}

/** The changed keys alone, as they are stored. */
export function changesOf(map) {
  return Object.fromEntries(ACTIONS.filter((action) => map.get(action.id) !== action.code).map((action) => [action.id, map.get(action.id)]));
}

/** The action of a pressed key among those that `questions` allow; null where it has none. */
export function actionOf(map, questions, code) {
  const pressed = plain(code);
  for (const { id, group } of ACTIONS) {
    if (map.get(id) === pressed && (group === "tool" || questions.includes(group))) return id;
  }
  return null;
}

/** Whether a keyboard event is meant for the screen: not held down, not with Ctrl, not while typing or composing. */
export function meant(event) {
  if (event.repeat || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])")) return false;
  // a button reached by Tab is pressed by Space and Enter, as everywhere
  if ((event.code === "Space" || event.code === "Enter") && target?.closest("button, a, summary, [role=button]")) return false;
  return true;
}

const NAMES = {
  Space: "Space", Enter: "Enter", Slash: "?", Backspace: "⌫", Minus: "-", Equal: "=", Comma: ",", Period: ".", Semicolon: ";", Quote: "'",
  Backquote: "`", BracketLeft: "[", BracketRight: "]", Backslash: "\\", IntlBackslash: "<", Delete: "Del", Insert: "Ins",
};

/** What to print on a button for a key; `layout` is the browser's KeyboardLayoutMap where it tells one. */
export function nameOf(code, layout) {
  if (code in NAMES && code !== "Semicolon" && code !== "Quote") return NAMES[code];
  const printed = code.startsWith("Digit") ? "" : layout?.get(code);
  return (printed || NAMES[code] || code.replace(/^(Key|Digit|Numpad)/, "")).toUpperCase();
}
