// Starts the page.
import { config } from './config.js';
import { helpers } from './helpers.js';
import { notice } from './obstacles.js';
import { start } from './router.js';

window.replica = helpers;
notice(config.obstacles);
start(document.getElementById('app'));
