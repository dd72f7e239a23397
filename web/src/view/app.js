import {html, useEffect} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {ClientContext, useStore} from './context.js';
import {Channel} from './channel.js';
import {ChannelList} from './channel-list.js';
import {ConnectionBanner} from './connection-banner.js';
import {Dialogs} from './dialogs.js';
import {GuildRail} from './guild-rail.js';
import {Home} from './home.js';
import {Invite} from './invite.js';
import {Members} from './members.js';
import {Search} from './search.js';
import {Settings} from './settings.js';
import {SignIn} from './sign-in.js';
import {useShortcuts} from './shortcuts.js';

/** @param {{client: import('../client.js').Client}} props */
export function App({client}) {
  return html`<${ClientContext.Provider} value=${client}><${Screen} /><//>`;
}

function Screen() {
  const {client, state, t} = useStore();
  const {route, theme, locale, announcement} = state;
  useEffect(() => {
    const root = document.documentElement;
    root.lang = locale;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme, locale]);
  useTitle();
  return html`
    ${client.credentials.signedIn
      ? route.page === 'invite' ? html`<${Invite} code=${route.code} />` : html`<${Rooms} />`
      : html`<${SignIn} />`}
    <${Dialogs} />
    <${Notices} />
    <div class="hidden" role="status" aria-live="polite">${announcement}</div>
    ${state.connection.status === 'refused' && html`<p class="hidden" role="alert">${t('connection.refused')}</p>`}`;
}

function Rooms() {
  const {client, state, t} = useStore();
  const {route} = state;
  useShortcuts();
  usePlace();
  if (!state.ready) return html`<div class="boot"><p role="status">${t('connection.connecting')}</p><${ConnectionBanner} /></div>`;
  const guild = route.page === 'channel' ? state.guilds.get(route.guildId) : undefined;
  const close = () => client.store.change(changing => { changing.drawer = null; });
  return html`
    <a class="skip" href="#main" onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      document.getElementById('main')?.focus();
    }}>${t('skip')}</a>
    <div class="rooms ${state.drawer ? `drawer-${state.drawer}` : ''} ${guild && state.showsMembers ? 'with-members' : ''}">
      <${GuildRail} />
      <${ChannelList} guild=${guild} />
      <main id="main" tabindex="-1">
        <${ConnectionBanner} />
        ${route.page === 'settings' ? html`<${Settings} />`
          : route.page === 'channel' && route.channelId ? html`<${Channel} key=${route.channelId} id=${route.channelId} guild=${guild} />`
          : html`<${Home} guild=${guild} />`}
      </main>
      ${state.search ? html`<${Search} guild=${guild} />` : guild && html`<${Members} guild=${guild} />`}
      ${state.drawer && html`<button type="button" class="veil" aria-label=${t('close')} onClick=${close}></button>`}
    </div>`;
}

/** Leads from an address without a channel to one with it. */
function usePlace() {
  const {client, state} = useStore();
  const {route} = state;
  const guild = route.page === 'channel' ? state.guilds.get(route.guildId) : undefined;
  useEffect(() => {
    if (!state.ready) return;
    if (['home', 'login', 'register'].includes(route.page)) {
      const first = [...state.guilds.keys()][0];
      client.router.replace(channelPath(first ?? '@me'));
    } else if (route.page === 'channel' && !route.channelId && guild && !guild.unavailable) {
      const first = firstChannel(guild);
      if (first) client.router.replace(channelPath(guild.id, first.id));
    }
  }, [client, state.ready, route, guild, guild?.channels.size]);
}

/** @param {import('../state/store.js').Guild} guild */
export function firstChannel(guild) {
  return [...guild.channels.values()].filter(one => one.type === 0 || one.type === 5).sort((a, b) => a.position - b.position)[0];
}

/** The window says where one is, and how often one was called. */
function useTitle() {
  const {state} = useStore();
  const {route} = state;
  let mentions = 0;
  for (const one of state.readStates.values()) mentions += one.mentions;
  const guild = route.page === 'channel' ? state.guilds.get(route.guildId) : undefined;
  const channel = route.page === 'channel' && route.channelId ? guild?.channels.get(route.channelId) : undefined;
  const title = `${mentions ? `(${mentions}) ` : ''}${channel ? `#${channel.name} · ` : ''}${guild?.name ? `${guild.name} · ` : ''}Parley`;
  useEffect(() => { document.title = title; }, [title]);
}

function Notices() {
  const {client, state, t} = useStore();
  return html`<div class="notices" role="alert">${state.notices.map(notice => html`
    <p key=${notice.id} class="notice ${notice.kind}">${notice.text}
      <button type="button" class="text-button" onClick=${() => client.dismiss(notice.id)}>${t('close')}</button></p>`)}</div>`;
}
