import {parse} from '../text/markdown.js';
import {channelPath} from '../state/router.js';
import {channelOf} from '../state/read-states.js';
import {html, useState} from '../vendor/preact.js';
import {nameOf} from './names.js';

/**
 * What somebody wrote, as text nodes and the few elements of the tree.
 * @param {{text: string, state: import('../state/store.js').State, client: import('../client.js').Client, guildId?: string}} props
 */
export function Markdown({text, state, client, guildId}) {
  return html`${parse(String(text)).map(node => draw(node, {state, client, guildId}))}`;
}

/** @param {import('../text/markdown.js').Node} node @param {any} place @returns {any} */
function draw(node, place) {
  const inner = () => /** @type {any} */ (node).children.map((/** @type {any} */ child) => draw(child, place));
  switch (node.type) {
    case 'text': return node.text;
    case 'bold': return html`<strong>${inner()}</strong>`;
    case 'italic': return html`<em>${inner()}</em>`;
    case 'underline': return html`<u>${inner()}</u>`;
    case 'strike': return html`<s>${inner()}</s>`;
    case 'quote': return html`<blockquote>${inner()}</blockquote>`;
    case 'spoiler': return html`<${Spoiler} label=${place.client.t('message.spoiler')}>${inner()}<//>`;
    case 'code': return html`<code>${node.text}</code>`;
    case 'block': return html`<pre tabindex="0"><code>${node.text}</code></pre>`;
    case 'link': return html`<a href=${node.href} target="_blank" rel="noopener noreferrer nofollow">${node.text}</a>`;
    case 'everyone': return html`<span class="mention">${node.text}</span>`;
    case 'emoji': return `:${node.name}:`;
    case 'time': return html`<time dateTime=${iso(node.at)}>${place.client.translator.full(node.at)}</time>`;
    case 'user': {
      const user = place.state.users.get(node.id);
      const me = node.id === place.state.me?.id;
      return html`<span class="mention ${me ? 'me' : ''}">@${user ? nameOf(place.state, user, place.guildId) : place.client.t('user.unknown')}</span>`;
    }
    case 'role': {
      const role = place.state.guilds.get(place.guildId)?.roles.get(node.id);
      return html`<span class="mention">@${role?.name ?? place.client.t('role.unknown')}</span>`;
    }
    case 'channel': {
      const channel = channelOf(place.state, node.id);
      if (!channel) return html`<span class="mention">#${place.client.t('channel.unknown')}</span>`;
      const path = channelPath(channel.guild_id ?? '@me', channel.id);
      return html`<a class="mention" href=${path} onClick=${(/** @type {Event} */ event) => {
        event.preventDefault();
        place.client.router.go(path);
      }}>#${channel.name}</a>`;
    }
  }
}

/** @param {number} at */
function iso(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** @param {{label: string, children: any}} props */
function Spoiler({label, children}) {
  const [shown, show] = useState(false);
  return shown
    ? html`<span class="spoiler shown">${children}</span>`
    : html`<button type="button" class="spoiler" aria-label=${label} onClick=${() => show(true)}><span aria-hidden="true" inert>${children}</span></button>`;
}
