// Starts the page.
import { helpers } from './helpers.js';
import { start } from './router.js';

window.replica = helpers;
start(document.getElementById('app'));
