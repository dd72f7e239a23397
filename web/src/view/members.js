import {html, useEffect} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {Avatar} from './avatar.js';
import {useStore} from './context.js';
import {nameOf} from './names.js';

/** More than this is no list that anybody reads. */
const MOST = 200;

/** Who is in a guild, those who are there first. @param {{guild: import('../state/store.js').Guild}} props */
export function Members({guild}) {
  const {client, state, t} = useStore();
  useEffect(() => client.guilds.loadMembers(guild.id), [client, guild.id, guild.unavailable, state.connection.status]);
  const members = [...guild.members.values()]
    .map(member => ({member, name: nameOf(state, member.user, guild.id), status: guild.presences.get(member.user.id) ?? 'offline'}))
    .sort((a, b) => a.name.localeCompare(b.name));
  const online = members.filter(one => one.status !== 'offline');
  const offline = members.filter(one => one.status === 'offline');
  return html`<aside class="members" aria-label=${t('members')}>
    <${Group} title=${t('members.online', {n: online.length})} people=${online} ownerId=${guild.ownerId} />
    <${Group} title=${t('members.offline', {n: Math.max(offline.length, guild.memberCount - online.length)})} people=${offline} ownerId=${guild.ownerId} />
  </aside>`;
}

/** @param {{title: string, people: any[], ownerId: string}} props */
function Group({title, people, ownerId}) {
  return people.length > 0 && html`<section><h3>${title}</h3><ul>
    ${people.slice(0, MOST).map(one => html`<li key=${one.member.user.id}><${Person} ...${one} owner=${one.member.user.id === ownerId} /></li>`)}</ul></section>`;
}

/** @param {{member: any, name: string, status: string, owner: boolean}} props */
function Person({member, name, status, owner}) {
  const {client, state, t} = useStore();
  const {user} = member;
  const presence = t(/** @type {any} */ (`presence.${status}`));
  const write = () => client.attempt(async () => {
    const channel = await client.guilds.direct(user.id);
    client.router.go(channelPath('@me', channel.id));
  });
  const inner = html`<span class="with-presence"><${Avatar} user=${user} size="small" /><i class="presence ${status}"></i></span>
    <span class="name">${name}</span>${user.bot && html`<span class="tag">${t('user.bot')}</span>`}
    ${owner && html`<span class="tag plain">${t('user.owner')}</span>`}<span class="hidden">, ${presence}</span>`;
  return user.id === state.me.id || user.bot
    ? html`<span class="person ${status}">${inner}</span>`
    : html`<button type="button" class="person ${status}" title=${t('user.write', {name})} onClick=${write}>${inner}</button>`;
}
