// Building elements without innerHTML and without style attributes, so that a strict CSP changes nothing.

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  heart: 'M12 21S3 14.5 3 8.6C3 5.500 5.400 3.500 7.800 3.500c1.800 0 3.300 1 4.200 2.600.9-1.600 2.400-2.600 4.200-2.600C18.600 3.500 21 5.500 21 8.600 21 14.500 12 21 12 21Z',
  comment: 'M12 3C6.500 3 2 6.600 2 11c0 4 3.600 7.300 8.500 7.900V22c4.500-1.600 11.500-5.500 11.500-11C22 6.600 17.500 3 12 3Z',
  share: 'M13 4v5C6 9.500 3 14 2 20c3-4 6.500-5.500 11-5.500V20l9-8-9-8Z',
  save: 'M6 3h12v18l-6-5-6 5V3Z',
  more: 'M5 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  down: 'M6 9l6 6 6-6',
  note: 'M9 18a3 3 0 1 1-2-2.800V4l12-2v13a3 3 0 1 1-2-2.800V6L9 7.500V18Z',
  play: 'M7 4l13 8-13 8V4Z',
  search: 'M10 3a7 7 0 1 0 4.300 12.500L20 21l1.500-1.500-5.600-5.600A7 7 0 0 0 10 3Zm0 2.200a4.800 4.800 0 1 1 0 9.600 4.800 4.800 0 0 1 0-9.600Z',
  home: 'M3 11l9-8 9 8v10h-6v-6H9v6H3V11Z',
  person: 'M12 3a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9ZM3 21c0-5 4-7.500 9-7.500s9 2.500 9 7.500H3Z',
  compass: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm4 6-2.500 5.500L8 16l2.500-5.500L16 8Z',
};

/** Element with attributes and children; `e2e` becomes data-e2e, `on` a map of listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else element.setAttribute(name === 'e2e' ? 'data-e2e' : name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Icon; like TikTok's it carries an empty data-e2e, which no selector may rely on. */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: size, height: size, fill: 'currentColor', 'data-e2e': '' })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Change a text node in place when there is just one, as a re-rendering framework does. */
export function setText(element, text) {
  const only = element.childNodes.length === 1 ? element.firstChild : null;
  if (only?.nodeType === Node.TEXT_NODE) {
    if (only.nodeValue !== text) only.nodeValue = text;
  } else {
    element.replaceChildren(document.createTextNode(text));
  }
}
