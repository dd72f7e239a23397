import {Component, html} from '../vendor/preact.js';
import {compareIds} from '../text/snowflake.js';
import {readStateOf} from '../state/read-states.js';
import {ClientContext} from './context.js';
import {Message} from './message.js';

const NEAR = 300;
const GROUPED_MILLISECONDS = 7 * 60_000;
/** Messages that stand for themselves: joins, pins and the like have no author's line. */
const SPOKEN = new Set([0, 19, 20, 23]);

/**
 * The messages of a channel. It stays at the bottom while new ones come if it is there, keeps its place when older ones are
 * put before it, and reads on when it comes near an end.
 */
export class MessageList extends Component {
  static contextType = ClientContext;
  /** @type {HTMLElement | null} */
  list = null;
  atBottom = true;
  /** Where the messages began that were new when the channel was opened. @type {string | null} */
  firstNew = null;
  highlighted = '';

  /** @returns {import('../client.js').Client} */
  get client() {
    return this.context;
  }

  componentWillMount() {
    const {unread, lastRead} = readStateOf(this.client.store.state, this.props.channel.id);
    this.firstNew = unread ? lastRead ?? '0' : null;
  }

  componentDidMount() {
    this.settle(null);
    window.addEventListener('focus', this.seen);
    document.addEventListener('visibilitychange', this.seen);
    this.resizes = new ResizeObserver(() => {
      if (this.atBottom) this.toBottom();
    });
    if (this.list?.firstElementChild) this.resizes.observe(this.list.firstElementChild);
    if (this.list) this.resizes.observe(this.list);
  }

  componentWillUnmount() {
    window.removeEventListener('focus', this.seen);
    document.removeEventListener('visibilitychange', this.seen);
    this.resizes?.disconnect();
  }

  getSnapshotBeforeUpdate() {
    const list = this.list;
    // The distance to the bottom stays the same whatever is put before.
    return list && {first: this.firstId, fromBottom: list.scrollHeight - list.scrollTop};
  }

  /** @param {any} _props @param {any} _state @param {any} before */
  componentDidUpdate(_props, _state, before) {
    this.settle(before);
  }

  /** @param {any} before */
  settle(before) {
    const {stretch} = this.props;
    const list = this.list;
    if (!list) return;
    const first = stretch.messages[0]?.id;
    const {highlighted} = this.client.store.state;
    const wanted = highlighted && highlighted !== this.highlighted && document.getElementById(`message-${highlighted}`);
    if (wanted) {
      this.highlighted = highlighted;
      this.atBottom = false;
      wanted.scrollIntoView({block: 'center'});
      wanted.focus({preventScroll: true});
    } else if (this.atBottom && !stretch.after) {
      this.toBottom();
    } else if (before && this.firstId !== first && this.firstId) {
      list.scrollTop = list.scrollHeight - before.fromBottom;
    }
    this.firstId = first;
    this.seen();
    if (stretch.messages.length && !stretch.stale && list.scrollHeight <= list.clientHeight + NEAR) this.more();
  }

  toBottom() {
    if (this.list) this.list.scrollTop = this.list.scrollHeight;
  }

  scrolled = () => {
    const list = /** @type {HTMLElement} */ (this.list);
    this.atBottom = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    this.more();
    this.seen();
  };

  more() {
    const list = /** @type {HTMLElement} */ (this.list);
    const {channel, stretch} = this.props;
    if (stretch.stale || stretch.error) return;
    if (stretch.before && list.scrollTop < NEAR) this.client.messages.more(channel.id, 'before');
    else if (stretch.after && list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) this.client.messages.more(channel.id, 'after');
  }

  seen = () => {
    const {channel, stretch} = this.props;
    if (this.atBottom && !stretch.after && !stretch.stale && !document.hidden && document.hasFocus()) this.client.messages.seen(channel.id);
  };

  /** Arrow keys walk through the messages. @param {KeyboardEvent} event */
  walk = event => {
    const here = /** @type {HTMLElement} */ (event.target);
    if (!here.classList.contains('message') || !['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) return;
    const all = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (this.list).querySelectorAll('.message')]);
    const at = all.indexOf(here);
    const next = {ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1)}[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  render() {
    const {client} = this;
    const {state} = client.store;
    const {channel, stretch, guild, name} = this.props;
    const {t} = client;
    const last = stretch.messages.at(-1)?.id;
    /** @type {any[]} */
    const rows = [];
    /** @type {any} */
    let before = null;
    let divided = false;
    for (const message of stretch.messages) {
      const at = Date.parse(message.timestamp);
      const day = new Date(at).toDateString();
      if (!before || new Date(Date.parse(before.timestamp)).toDateString() !== day) {
        rows.push(html`<li key=${`day-${day}`} class="day"><span>${client.translator.day(at)}</span></li>`);
        before = null;
      }
      const isNew = !divided && this.firstNew !== null && compareIds(message.id, this.firstNew) > 0 && message.author?.id !== state.me.id;
      if (isNew) {
        divided = true;
        rows.push(html`<li key="new" class="new"><span>${t('messages.new')}</span></li>`);
        before = null;
      }
      const grouped = before && before.author?.id === message.author?.id && SPOKEN.has(before.type) && message.type === 0
        && !message.webhook_id && at - Date.parse(before.timestamp) < GROUPED_MILLISECONDS;
      rows.push(html`<${Message} key=${message.nonce ? `n${message.nonce}` : message.id} message=${message} grouped=${!!grouped} channel=${channel} guild=${guild}
        editing=${state.editing === message.id} highlighted=${state.highlighted === message.id} first=${message.id === last}
        locale=${state.locale} names=${state.users.size} replying=${state.replyTo?.id === message.id} />`);
      before = message;
    }
    const empty = !stretch.stale && !stretch.loading && !stretch.before;
    return html`<div class="messages-frame">
      <div class="messages" tabindex="-1" ref=${(/** @type {any} */ one) => { this.list = one; }} onScroll=${this.scrolled} onKeyDown=${this.walk}>
        <ol aria-label=${t('messages')}>
          ${empty && html`<li class="beginning"><h2>${t('channel.beginning', {name: guild ? `#${name}` : name})}</h2></li>`}
          ${stretch.loading && html`<li class="loading" role="status">${t('loading')}</li>`}
          ${stretch.error && html`<li class="problem" role="alert">${t('messages.failed')}
            <button type="button" class="text-button" onClick=${() => {
              client.store.change(() => { stretch.error = null; });
              if (stretch.stale) client.messages.open(channel.id);
              else this.more();
            }}>${t('retry')}</button></li>`}
          ${rows}
        </ol>
      </div>
      ${stretch.after && html`<button type="button" class="jump" onClick=${() => {
        this.atBottom = true;
        client.messages.latest(channel.id);
      }}>${t('messages.latest')}</button>`}
    </div>`;
  }
}
