import {AccountActions} from './actions/account.js';
import {GuildActions} from './actions/guilds.js';
import {MessageActions} from './actions/messages.js';
import {GatewaySession} from './gateway/session.js';
import {Translator} from './i18n/translator.js';
import {Buckets} from './net/buckets.js';
import {Credentials} from './net/credentials.js';
import {Rest} from './net/rest.js';
import {applyEvent} from './state/events.js';
import {mentionsMe} from './state/read-states.js';
import {Router} from './state/router.js';
import {Store} from './state/store.js';

/** The client as a whole: its parts, made and joined here and nowhere else. */
export class Client {
  #notices = 0;

  /** @param {Window & typeof globalThis} window */
  constructor(window) {
    this.store = new Store();
    this.credentials = new Credentials({
      session: window.sessionStorage,
      local: window.localStorage,
      channel: new BroadcastChannel('parley.tokens'),
    });
    this.rest = new Rest({
      credentials: this.credentials,
      buckets: new Buckets(),
      fetch: window.fetch.bind(window),
      locks: window.navigator.locks,
    });
    this.gateway = new GatewaySession({
      url: async () => (await this.rest.get('/gateway')).url,
      token: async () => {
        if (this.credentials.needsRefresh) await this.rest.refresh();
        return this.credentials.accessToken;
      },
      connect: url => new WebSocket(url),
      presence: () => ({status: 'online', since: 0, activities: [], afk: false}),
    });
    this.account = new AccountActions(this.rest, this.store, this.credentials, this.gateway);
    this.guilds = new GuildActions(this.rest, this.store, this.gateway);
    this.messages = new MessageActions(this.rest, this.store, this.credentials);
    this.router = new Router(this.store, window);
    this.translator = new Translator(() => this.store.state.locale);
    this.t = this.translator.t;
    this.#join(window);
  }

  start() {
    if (this.credentials.signedIn) this.gateway.start();
  }

  /**
   * Does what may be refused, and says so if it is.
   * @param {Promise<unknown> | (() => Promise<unknown>)} work
   */
  async attempt(work) {
    try {
      await (typeof work === 'function' ? work() : work);
      return true;
    } catch (failure) {
      this.notify('error', this.translator.error(failure));
      return false;
    }
  }

  /** Shows a line for some seconds. @param {'error' | 'info'} kind @param {string} text */
  notify(kind, text) {
    const id = ++this.#notices;
    this.store.change(state => { state.notices = [...state.notices.slice(-3), {id, kind, text}]; });
    setTimeout(() => this.dismiss(id), 8000);
  }

  /** @param {number} id */
  dismiss(id) {
    this.store.change(state => { state.notices = state.notices.filter(one => one.id !== id); });
  }

  /** @param {any} dialog what it is, and of what; null closes it */
  show(dialog) {
    this.store.change(state => { state.dialog = dialog; });
  }

  /** @param {Window & typeof globalThis} window */
  #join(window) {
    const {store, gateway, rest} = this;
    store.change(state => {
      const locale = window.localStorage.getItem('parley.locale') ?? window.navigator.language;
      state.locale = locale.startsWith('ko') ? 'ko' : 'en';
      const theme = window.localStorage.getItem('parley.theme');
      state.theme = theme === 'dark' || theme === 'light' ? theme : 'system';
    });
    rest.onSignedOut = () => {
      gateway.stop();
      store.clear();
      this.notify('info', this.t('signed_out'));
    };
    gateway.onStatus = status => {
      store.change(state => {
        const lost = state.ready && status !== 'online' && status !== 'closed';
        state.connection = {status, retryAt: gateway.retryAt, lost};
      });
      if (status === 'refused') rest.refresh();
    };
    gateway.onDispatch = (type, data) => {
      store.change(state => applyEvent(state, type, data));
      if (type === 'READY') this.#ready(data.user_settings);
      if (type === 'MESSAGE_CREATE') this.#announce(data);
      if (type === 'GUILD_MEMBER_ADD' && data.user.id !== store.state.me?.id) this.guilds.joined(data.guild_id, data.user.id);
    };
    window.addEventListener('offline', () => gateway.networkLost());
    window.addEventListener('online', () => gateway.networkFound());
    window.addEventListener('focus', () => gateway.probe());
    window.document.addEventListener('visibilitychange', () => {
      if (!window.document.hidden) gateway.probe();
    });
    window.addEventListener('pagehide', event => {
      // A page that is kept may come back and resume; one that is not says goodbye, so that nobody sees its user for longer.
      if (event.persisted) gateway.networkLost();
      else gateway.stop();
    });
    window.addEventListener('pageshow', event => {
      if (event.persisted) gateway.networkFound();
    });
  }

  /** @param {any} settings the account's */
  #ready(settings) {
    // An account has English unless somebody chose otherwise, so English says nothing against the browser's own language.
    if (localStorage.getItem('parley.locale') === null && settings?.locale === 'ko') {
      this.store.change(state => { state.locale = 'ko'; });
    }
    this.attempt(this.account.readStates());
    this.attempt(this.account.directs());
  }

  /** A screen reader hears what is said in the channel that is open, and who is called elsewhere. @param {any} message */
  #announce(message) {
    const {state} = this.store;
    const open = state.route.page === 'channel' && state.route.channelId === message.channel_id;
    if (message.author?.id === state.me?.id || !(open || mentionsMe(state, message))) return;
    const name = message.member?.nick ?? message.author?.global_name ?? message.author?.username ?? '';
    const text = message.content || this.t('message.files');
    this.announce(this.t(open ? 'announce.message' : 'announce.mention', {name, text: text.slice(0, 200)}));
  }

  /** @param {string} announcement */
  announce(announcement) {
    this.store.change(state => { state.announcement = announcement; });
  }
}
