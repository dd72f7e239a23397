import {Component, html} from '../vendor/preact.js';
import {webAddress} from '../text/links.js';
import {mentionsMe} from '../state/read-states.js';
import {may, Permission} from '../state/permissions.js';
import {Attachments} from './attachments.js';
import {Avatar} from './avatar.js';
import {ClientContext} from './context.js';
import {Editor} from './editor.js';
import {IconButton} from './icons.js';
import {Markdown} from './markdown.js';
import {nameOf} from './names.js';
import {Reactions} from './reactions.js';

/** A message. It is drawn anew only if something of it has changed, since a channel has hundreds. */
export class Message extends Component {
  static contextType = ClientContext;

  /** @returns {import('../client.js').Client} */
  get client() {
    return this.context;
  }

  /** @param {any} next */
  shouldComponentUpdate(next) {
    for (const key in next) if (key !== 'channel' && key !== 'guild' && next[key] !== this.props[key]) return true;
    return false;
  }

  render() {
    const {client} = this;
    const {t, translator, store: {state}} = client;
    const {message, grouped, channel, guild, editing, highlighted, first, replying} = this.props;
    const at = Date.parse(message.timestamp);
    const name = nameOf(state, message.author, guild?.id);
    const called = mentionsMe(state, message);
    const look = ['message', grouped && 'grouped', called && 'called', highlighted && 'highlighted', replying && 'replying',
      message.pending && 'pending', message.failed && 'failed'].filter(Boolean).join(' ');
    if (message.type === 7) {
      return html`<li class="${look} system" id="message-${message.id}" tabindex=${first ? 0 : -1}>
        <span aria-hidden="true">→</span> ${t('message.joined', {name})} <time class="hint" dateTime=${message.timestamp}>${translator.when(at)}</time></li>`;
    }
    return html`<li class=${look} id="message-${message.id}" tabindex=${first ? 0 : -1} data-message=${message.id}>
      ${message.referenced_message !== undefined && this.quoted(message.referenced_message)}
      ${grouped ? html`<time class="gutter hint" dateTime=${message.timestamp} title=${translator.full(at)}>${translator.time(at)}</time>`
        : html`<${Avatar} user=${message.author} />`}
      <div class="body">
        <p class="head ${grouped ? 'hidden' : ''}"><strong class="author">${name}</strong>
          ${message.author?.bot && html`<span class="tag">${t(message.webhook_id && message.webhook_id !== message.application_id ? 'user.webhook' : 'user.bot')}</span>`}
          <time class="hint" dateTime=${message.timestamp} title=${translator.full(at)}>${translator.when(at)}</time></p>
        ${editing ? html`<${Editor} message=${message} />` : message.content && html`<div class="content">
          <${Markdown} text=${message.content} state=${state} client=${client} guildId=${guild?.id} />
          ${message.edited_timestamp && html` <span class="hint edited" title=${translator.full(Date.parse(message.edited_timestamp))}>(${t('message.edited')})</span>`}</div>`}
        <${Attachments} message=${message} />
        ${message.embeds.map((/** @type {any} */ embed) => this.embed(embed))}
        ${message.components?.length > 0 && this.buttons()}
        <${Reactions} message=${message} channel=${channel} />
        ${message.failed && html`<p class="problem" role="alert">${t('message.failed')} ${translator.error(message.failed)}
          <button type="button" class="text-button" onClick=${() => client.messages.resend(message)}>${t('retry')}</button>
          <button type="button" class="text-button" onClick=${() => client.messages.discard(message)}>${t('discard')}</button></p>`}
      </div>
      ${!message.pending && !editing && this.tools()}
    </li>`;
  }

  /** @param {any} quoted */
  quoted(quoted) {
    const {t, store: {state}} = this.client;
    if (!quoted) return html`<p class="quoted hint">${t('message.reply_gone')}</p>`;
    const {guild, channel} = this.props;
    return html`<button type="button" class="quoted" onClick=${() => this.client.attempt(this.client.messages.around(channel.id, quoted.id))}>
      <span class="hidden">${t('message.reply_to')} </span><${Avatar} user=${quoted.author} size="small" />
      <strong>${nameOf(state, quoted.author, guild?.id)}</strong> <span>${String(quoted.content ?? '').slice(0, 160) || t('message.files')}</span></button>`;
  }

  tools() {
    const {client} = this;
    const {t, store: {state}} = client;
    const {message, channel} = this.props;
    const mine = message.author?.id === state.me.id;
    const change = (/** @type {(state: import('../state/store.js').State) => void} */ work) => () => client.store.change(work);
    return html`<div class="tools" role="group" aria-label=${t('message.actions')}>
      ${may(state, channel, Permission.ADD_REACTIONS) && html`<${IconButton} icon="smile" label=${t('reaction.add')}
        onClick=${() => client.show({kind: 'react', message})} />`}
      <${IconButton} icon="reply" label=${t('reply')} onClick=${change(one => { one.replyTo = message; one.editing = null; })} />
      ${mine && html`<${IconButton} icon="edit" label=${t('edit')} onClick=${change(one => { one.editing = message.id; })} />`}
      ${(mine || (message.guild_id ?? channel.guild_id) && may(state, channel, Permission.MANAGE_MESSAGES)) && html`<${IconButton} icon="trash" label=${t('delete')}
        onClick=${() => client.show({kind: 'delete', message})} />`}
    </div>`;
  }

  buttons() {
    const {client} = this;
    const {message, channel} = this.props;
    const buttons = message.components.flatMap((/** @type {any} */ row) => row.components ?? []).filter((/** @type {any} */ one) => one.type === 2);
    return html`<p class="buttons">${buttons.map((/** @type {any} */ one) => {
      const href = webAddress(one.url);
      const label = `${one.emoji?.name ?? ''} ${one.label ?? ''}`.trim();
      if (href) return html`<a class="secondary" href=${href} target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;
      return one.custom_id && html`<button type="button" class=${one.style === 1 ? 'primary' : 'secondary'} disabled=${!!one.disabled}
        onClick=${() => client.attempt(client.guilds.press(channel, message, one.custom_id))}>${label}</button>`;
    })}</p>`;
  }

  /** @param {any} embed */
  embed(embed) {
    const {client} = this;
    const {guild} = this.props;
    const href = webAddress(embed.url);
    const image = ownImage(embed.image?.url) ?? ownImage(embed.thumbnail?.url);
    const markdown = (/** @type {any} */ text) => html`<${Markdown} text=${text} state=${client.store.state} client=${client} guildId=${guild?.id} />`;
    return html`<article class="embed">
      ${embed.author?.name && html`<p class="hint">${embed.author.name}</p>`}
      ${embed.title && html`<p class="embed-title">${href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${embed.title}</a>` : embed.title}</p>`}
      ${embed.description && html`<div class="content">${markdown(embed.description)}</div>`}
      ${embed.fields?.length > 0 && html`<dl>${embed.fields.map((/** @type {any} */ one) => html`<div><dt>${one.name}</dt><dd>${markdown(one.value)}</dd></div>`)}</dl>`}
      ${image && html`<img src=${image} alt=${embed.title ?? ''} loading="lazy" />`}
      ${embed.footer?.text && html`<p class="hint">${embed.footer.text}</p>`}
    </article>`;
  }
}

/** A picture that is kept here. One from elsewhere would tell its host who reads what, and when. @param {unknown} address */
function ownImage(address) {
  const href = webAddress(address);
  return href && new URL(href).origin === location.origin ? href : null;
}
