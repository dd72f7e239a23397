import {html, useEffect} from '../vendor/preact.js';
import {channelOf} from '../state/read-states.js';
import {may, Permission} from '../state/permissions.js';
import {stretchOf} from '../state/messages.js';
import {Composer} from './composer.js';
import {useStore} from './context.js';
import {Icon, IconButton} from './icons.js';
import {MessageList} from './message-list.js';
import {directName, nameOf} from './names.js';
import {TypingLine} from './typing-line.js';

/** A channel: its name, its messages, and where one writes. @param {{id: string, guild?: import('../state/store.js').Guild}} props */
export function Channel({id, guild}) {
  const {client, state, t} = useStore();
  const channel = channelOf(state, id);
  const stale = state.stretches.get(id)?.stale ?? true;
  useEffect(() => {
    if (channel && stale && state.connection.status === 'online') client.messages.open(id);
  }, [client, id, !!channel, stale, state.connection.status]);
  if (!channel) return html`<div class="home"><p class="home-card">${t('channel.gone')}</p></div>`;
  const name = guild ? channel.name : directName(state, channel);
  const stretch = stretchOf(state, id);
  return html`<section class="channel-view" aria-label=${name}>
    <header class="bar">
      <${IconButton} icon="menu" class="only-small" label=${t('channels')} onClick=${() => client.store.change(one => { one.drawer = 'channels'; })} />
      <h1>${guild && html`<${Icon} name=${channel.thread_metadata ? 'thread' : 'hash'} />`}${name}</h1>
      ${channel.topic && html`<p class="topic" title=${channel.topic}>${channel.topic}</p>`}
      <span class="grow"></span>
      ${guild && may(state, channel, Permission.MANAGE_CHANNELS) && html`<${IconButton} icon="edit" label=${t('channel.edit')}
        onClick=${() => client.show({kind: 'channel', guildId: guild.id, channel})} />`}
      ${guild && html`<${SearchField} guildId=${guild.id} />`}
      ${guild && html`<${IconButton} icon="people" label=${t('members')} class="only-large" pressed=${state.showsMembers}
        onClick=${() => client.store.change(one => { one.showsMembers = !one.showsMembers; one.search = null; })} />
        <${IconButton} icon="people" label=${t('members')} class="only-small"
        onClick=${() => client.store.change(one => { one.drawer = 'members'; })} />`}
    </header>
    <${MessageList} key=${id} channel=${channel} stretch=${stretch} guild=${guild} name=${name} />
    <${TypingLine} channelId=${id} guildId=${guild?.id} />
    ${may(state, channel, Permission.SEND_MESSAGES)
      ? html`<${Composer} channel=${channel} name=${guild ? `#${name}` : nameOf(state, channel.recipients?.find((/** @type {any} */ one) => one.id !== state.me.id)) || name} />`
      : html`<p class="no-composer">${t('composer.not_allowed')}</p>`}
  </section>`;
}

/** @param {{guildId: string}} props */
function SearchField({guildId}) {
  const {client, t} = useStore();
  const search = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (document.getElementById('search-field'));
    const query = field.value.trim();
    if (query) client.attempt(client.messages.search(guildId, query));
  };
  return html`<form role="search" class="search-form" onSubmit=${search}>
    <label class="hidden" for="search-field">${t('search.guild')}</label>
    <input id="search-field" type="search" placeholder=${t('search')} maxlength="200" autocomplete="off" /></form>`;
}
