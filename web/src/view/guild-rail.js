import {html} from '../vendor/preact.js';
import {guildBadge} from '../state/read-states.js';
import {channelPath} from '../state/router.js';
import {GuildIcon} from './avatar.js';
import {useStore} from './context.js';
import {Icon} from './icons.js';

/** The guilds that one is in. */
export function GuildRail() {
  const {client, state, t} = useStore();
  const {route} = state;
  const here = route.page === 'channel' ? route.guildId : '';
  const go = (/** @type {string} */ path) => (/** @type {Event} */ event) => {
    event.preventDefault();
    client.router.go(path);
  };
  let directMentions = 0;
  for (const id of state.directs.keys()) directMentions += state.readStates.get(id)?.mentions ?? 0;
  return html`<nav class="rail" aria-label=${t('guilds')}>
    <ul>
      <li><a class="rail-item" href="/channels/@me" aria-label=${labelled(t('directs'), directMentions, t)}
        aria-current=${here === '@me' ? 'page' : undefined} onClick=${go('/channels/@me')}>
        <span class="guild-icon"><${Icon} name="chat" /></span><${Badge} mentions=${directMentions} /></a></li>
      ${[...state.guilds.values()].map(guild => {
        const badge = guildBadge(state, guild);
        return html`<li key=${guild.id}><a class="rail-item ${badge.unread ? 'unread' : ''}" href=${channelPath(guild.id)}
          title=${guild.name} aria-label=${labelled(guild.name, badge.mentions, t, badge.unread)}
          aria-current=${here === guild.id ? 'page' : undefined} onClick=${go(channelPath(guild.id))}>
          <${GuildIcon} name=${guild.name || '…'} id=${guild.id} icon=${guild.icon} /><${Badge} mentions=${badge.mentions} /></a></li>`;
      })}
      <li><button type="button" class="rail-item" aria-label=${t('guild.add')} title=${t('guild.add')}
        onClick=${() => client.show({kind: 'add-guild'})}><span class="guild-icon add"><${Icon} name="plus" /></span></button></li>
    </ul>
  </nav>`;
}

/** @param {{mentions: number}} props */
export function Badge({mentions}) {
  return mentions > 0 && html`<span class="badge" aria-hidden="true">${mentions > 99 ? '99+' : mentions}</span>`;
}

/** @param {string} name @param {number} mentions @param {import('../client.js').Client['t']} t @param {boolean} [unread] */
export function labelled(name, mentions, t, unread) {
  if (mentions) return `${name}, ${t('badge.mentions', {n: mentions})}`;
  return unread ? `${name}, ${t('badge.unread')}` : name;
}
