// Which comment panel is on screen; test helpers and pages share it.
import { config } from './config.js';
import { mountDrawer } from './drawer.js';
import { mountUnknown } from './unknown.js';

let current = null;

export const currentPanel = () => current;

export function setPanel(panel) {
  current = panel;
  return panel;
}

/** The panel beside a video on its own page or in the feed, of the layout this run uses. */
export function mountSidePanel(parent, videoId, options) {
  return setPanel(config.unknown_layout ? mountUnknown(parent, videoId) : mountDrawer(parent, videoId, options));
}
