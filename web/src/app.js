import {Client} from './client.js';
import {html, render} from './vendor/preact.js';
import {App} from './view/app.js';

const client = new Client(window);
const root = /** @type {HTMLElement} */ (document.getElementById('app'));
root.textContent = '';
render(html`<${App} client=${client} />`, root);
client.start();
