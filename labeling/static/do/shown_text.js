// A stranger's text on screen: emoji stay whole, characters that cannot be seen are shown as marks, nothing becomes markup.

const NAMES = {
  0x00ad: ["SHY", "soft hyphen"],
  0x034f: ["CGJ", "combining joiner"],
  0x061c: ["ALM", "Arabic letter mark"],
  0x115f: ["HF", "Hangul filler"],
  0x1160: ["HF", "Hangul filler"],
  0x180e: ["MVS", "Mongolian vowel separator"],
  0x200b: ["ZWSP", "zero-width space"],
  0x200c: ["ZWNJ", "zero-width non-joiner"],
  0x200d: ["ZWJ", "zero-width joiner"],
  0x200e: ["LRM", "left-to-right mark"],
  0x200f: ["RLM", "right-to-left mark"],
  0x202a: ["LRE", "left-to-right embedding"],
  0x202b: ["RLE", "right-to-left embedding"],
  0x202c: ["PDF", "end of embedding"],
  0x202d: ["LRO", "left-to-right override"],
  0x202e: ["RLO", "right-to-left override"],
  0x2060: ["WJ", "word joiner"],
  0x2066: ["LRI", "left-to-right isolate"],
  0x2067: ["RLI", "right-to-left isolate"],
  0x2068: ["FSI", "first-strong isolate"],
  0x2069: ["PDI", "end of isolate"],
  0x3164: ["HF", "Hangul filler"],
  0xfeff: ["BOM", "zero-width no-break space"],
  0xffa0: ["HF", "Hangul filler"],
};

const UNSEEN = /^[\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f]$/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const HELD_BACK = new Set(["\n", "\t", "\r"]); // seen as white space already

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Pieces of a text in order: strings to show as they are, {emoji} for pictures, and {short, name} for what cannot be seen. */
export function pieces(text) {
  const found = [];
  let plain = "";
  let before = "";
  const put = (piece) => {
    if (plain) found.push(plain);
    plain = "";
    const last = found.at(-1);
    if (piece.emoji && last?.emoji) last.emoji += piece.emoji;
    else found.push(piece);
  };
  for (const { segment } of graphemes.segment(text)) {
    // in an emoji, joiners and selectors are part of the picture
    if (EMOJI.test(segment)) put({ emoji: segment });
    else {
      for (const char of segment) {
        if (hidden(char, before)) put(nameOf(char));
        else plain += char;
        before = char;
      }
    }
    before = segment.slice(-1);
  }
  if (plain) found.push(plain);
  return found;
}

/** Joiners between letters of joining scripts are spelling; elsewhere nobody sees them. */
function hidden(char, before) {
  if (!UNSEEN.test(char) || HELD_BACK.has(char)) return false;
  return !((char === "\u200c" || char === "\u200d") && JOINING.test(before));
}

function nameOf(char) {
  const code = char.codePointAt(0);
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const [short, name] = NAMES[code] ?? [point, "invisible character"];
  return { short, name: `${name} (${point})` };
}

/** Put a text into an element. Returns whether anything of it can be seen. */
export function fill(element, text) {
  const found = pieces(text);
  element.replaceChildren(...found.map(node));
  return found.some((piece) => piece.emoji || (typeof piece === "string" && /\S/u.test(piece)));
}

/** Have the pictures in the text of an element drawn by the emoji font. */
export function drawPictures(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (EMOJI.test(walker.currentNode.data)) texts.push(walker.currentNode);
  for (const text of texts) text.replaceWith(...pieces(text.data).map(node));
}

function node(piece) {
  if (typeof piece === "string") return document.createTextNode(piece);
  return piece.emoji ? picture(piece.emoji) : mark(piece);
}

/** Pictures are drawn by the emoji font, even where a text font has outlines of its own. */
function picture(emoji) {
  const made = document.createElement("span");
  made.className = "emoji";
  made.textContent = emoji;
  return made;
}

function mark({ short, name }) {
  const made = document.createElement("span");
  made.className = "invisible";
  made.title = name;
  made.dir = "ltr";
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", name);
  made.textContent = short;
  return made;
}
