/** Signing in and out, and what is the user's own. */
export class AccountActions {
  #rest;
  #store;
  #credentials;
  #gateway;

  /**
   * @param {import('../net/rest.js').Rest} rest
   * @param {import('../state/store.js').Store} store
   * @param {import('../net/credentials.js').Credentials} credentials
   * @param {import('../gateway/session.js').GatewaySession} gateway
   */
  constructor(rest, store, credentials, gateway) {
    this.#rest = rest;
    this.#store = store;
    this.#credentials = credentials;
    this.#gateway = gateway;
  }

  /** @param {{username: string, email: string, password: string}} form @param {boolean} stay */
  async register(form, stay) {
    this.#begin(await this.#rest.post('/auth/register', form), stay);
    // The language and the theme that were chosen before there was an account go with it.
    const {locale} = this.#store.state;
    await this.#rest.patch('/users/@me/settings', {locale: locale === 'ko' ? 'ko' : 'en-US'}).catch(() => {});
  }

  /** @param {{email: string, password: string}} form @param {boolean} stay */
  async signIn(form, stay) {
    this.#begin(await this.#rest.post('/auth/login', form), stay);
  }

  /** @param {any} answer @param {boolean} stay */
  #begin(answer, stay) {
    this.#credentials.signIn(answer.tokens, stay);
    this.#store.change(state => { state.me = answer; });
    this.#gateway.start();
  }

  async signOut() {
    this.#gateway.stop();
    await this.#rest.call('POST', '/auth/logout').catch(() => {
      // Without an answer the tokens end by themselves; this tab forgets them either way.
    });
    this.#credentials.forget();
    this.#store.clear();
  }

  /** @param {string} name empty for none */
  async rename(name) {
    const user = await this.#rest.patch('/users/@me', {global_name: name || null});
    this.#store.change(state => {
      state.me = {...state.me, ...user};
      state.users.set(user.id, user);
    });
  }

  /** Chooses a language, here and for the account. @param {'en' | 'ko'} locale */
  async setLocale(locale) {
    this.#store.change(state => { state.locale = locale; });
    localStorage.setItem('parley.locale', locale);
    if (this.#credentials.signedIn) await this.#rest.patch('/users/@me/settings', {locale: locale === 'ko' ? 'ko' : 'en-US'});
  }

  /** Chooses a theme; the account knows two, and the machine's own is this browser's matter. @param {'system' | 'dark' | 'light'} theme */
  async setTheme(theme) {
    this.#store.change(state => { state.theme = theme; });
    localStorage.setItem('parley.theme', theme);
    if (theme !== 'system' && this.#credentials.signedIn) await this.#rest.patch('/users/@me/settings', {theme});
  }

  /** Reads how far the user has read everywhere, page by page. */
  async readStates() {
    /** @type {string | null} */
    let after = null;
    do {
      const page = await this.#rest.get(`/users/@me/read-states?limit=100${after ? `&after=${after}` : ''}`);
      this.#store.change(state => {
        for (const one of page.read_states) {
          state.readStates.set(one.id, {unread: one.unread, mentions: one.mention_count, lastRead: one.last_message_id});
        }
      });
      after = page.after;
    } while (after);
  }

  async directs() {
    const channels = await this.#rest.get('/users/@me/channels');
    this.#store.change(state => {
      state.directs = new Map(channels.map((/** @type {any} */ channel) => [channel.id, channel]));
      for (const channel of channels) for (const user of channel.recipients ?? []) state.users.set(user.id, user);
    });
  }
}
