import {html} from '../vendor/preact.js';
import {may, Permission, permissionsOf} from '../state/permissions.js';
import {readStateOf} from '../state/read-states.js';
import {channelPath} from '../state/router.js';
import {Avatar} from './avatar.js';
import {channelsInOrder} from './channel-order.js';
import {useStore} from './context.js';
import {Badge, labelled} from './guild-rail.js';
import {Icon, IconButton} from './icons.js';
import {directName} from './names.js';

/** The channels of a guild, or the conversations with single people. @param {{guild?: import('../state/store.js').Guild}} props */
export function ChannelList({guild}) {
  const {client, state, t} = useStore();
  const allowed = guild ? permissionsOf(guild, null, state.me.id) : 0n;
  return html`<nav class="channels" aria-label=${t('channels')}>
    <header>
      <h2 title=${guild?.name}>${guild ? guild.name || t('guild.unavailable') : t('directs')}</h2>
      ${guild && html`<${IconButton} icon="invite" label=${t('invite.people')}
        onClick=${() => client.show({kind: 'invite', guildId: guild.id})} />`}
      ${guild && Boolean(allowed & Permission.MANAGE_CHANNELS) && html`<${IconButton} icon="plus" label=${t('channel.create')}
        onClick=${() => client.show({kind: 'channel', guildId: guild.id})} />`}
      ${guild && guild.ownerId !== state.me.id && html`<${IconButton} icon="out" label=${t('guild.leave')}
        onClick=${() => client.show({kind: 'leave', guildId: guild.id})} />`}
    </header>
    <ul>${guild ? channelsInOrder(guild).map(one => one.type === 4
      ? html`<li key=${one.id} class="category"><h3>${one.name}</h3></li>`
      : visible(one) && html`<${Entry} key=${one.id} guildId=${guild.id} id=${one.id} name=${one.name} thread=${!!one.thread_metadata} />`)
      : [...state.directs.values()].map(one => html`<${Entry} key=${one.id} guildId="@me" id=${one.id} name=${directName(state, one)}
        user=${one.recipients?.find((/** @type {any} */ user) => user.id !== state.me.id)} />`)}</ul>
    <${Me} />
  </nav>`;

  /** @param {any} channel */
  function visible(channel) {
    return [0, 5, 10, 11, 12].includes(channel.type) && may(state, channel, Permission.VIEW_CHANNEL);
  }
}

/** @param {{guildId: string, id: string, name: string, thread?: boolean, user?: any}} props */
function Entry({guildId, id, name, thread, user}) {
  const {client, state, t} = useStore();
  const {unread, mentions} = readStateOf(state, id);
  const here = state.route.page === 'channel' && state.route.channelId === id;
  const path = channelPath(guildId, id);
  return html`<li class=${thread ? 'nested' : ''}><a class="channel ${unread ? 'unread' : ''}" href=${path}
    aria-current=${here ? 'page' : undefined} aria-label=${labelled(name, mentions, t, unread)}
    onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      client.router.go(path);
    }}>${user ? html`<${Avatar} user=${user} size="small" />` : html`<${Icon} name=${thread ? 'thread' : 'hash'} />`}
    <span class="name">${name}</span><${Badge} mentions=${mentions} /></a></li>`;
}

/** Who is signed in. */
function Me() {
  const {client, state, t} = useStore();
  const {me, connection} = state;
  return html`<footer class="me">
    <${Avatar} user=${me} />
    <span class="who"><span class="name">${me.global_name ?? me.username}</span>
      <span class="hint">${connection.status === 'online' ? `@${me.username}` : t('presence.offline')}</span></span>
    <${IconButton} icon="settings" label=${t('settings')} onClick=${() => client.router.go('/settings')} />
  </footer>`;
}
