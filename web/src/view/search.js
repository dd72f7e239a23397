import {html} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {channelOf} from '../state/read-states.js';
import {Avatar} from './avatar.js';
import {useStore} from './context.js';
import {IconButton} from './icons.js';
import {nameOf} from './names.js';

/** What a search found. @param {{guild?: import('../state/store.js').Guild}} props */
export function Search({guild}) {
  const {client, state, t} = useStore();
  const {search} = state;
  if (!search) return null;
  const close = () => client.store.change(changing => { changing.search = null; });
  const open = (/** @type {any} */ message) => () => {
    client.router.go(channelPath(guild?.id ?? '@me', message.channel_id));
    client.attempt(client.messages.around(message.channel_id, message.id));
  };
  return html`<aside class="members search" aria-label=${t('search')}>
    <header><h2><span role="status">${search.loading ? t('search.running') : t('search.found', {n: search.total})}</span></h2>
      <${IconButton} icon="close" label=${t('search.close')} onClick=${close} /></header>
    <ol>${(search.results ?? []).map(message => html`<li key=${message.id}>
      <button type="button" class="result" onClick=${open(message)}>
        <span class="result-head"><${Avatar} user=${message.author} size="small" /><strong>${nameOf(state, message.author, guild?.id)}</strong>
          <span class="hint">#${channelOf(state, message.channel_id)?.name} · ${client.translator.when(Date.parse(message.timestamp))}</span></span>
        <span class="result-text">${String(message.content).slice(0, 300) || t('message.files')}</span></button></li>`)}</ol>
  </aside>`;
}
