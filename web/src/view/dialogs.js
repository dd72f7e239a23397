import {html, useLayoutEffect, useRef} from '../vendor/preact.js';
import {AddGuild, LeaveGuild} from './dialog-guild.js';
import {ChannelForm} from './dialog-channel.js';
import {DeleteMessage, React} from './dialog-message.js';
import {InvitePeople} from './dialog-invite.js';
import {Jump} from './dialog-jump.js';
import {useStore} from './context.js';
import {IconButton} from './icons.js';

/** @type {Record<string, any>} */
const KINDS = {
  'add-guild': AddGuild, 'leave': LeaveGuild, 'channel': ChannelForm, 'delete': DeleteMessage, 'react': React, 'invite': InvitePeople, 'jump': Jump,
};

/** The dialog that is open, if any. */
export function Dialogs() {
  const {state} = useStore();
  const {dialog} = state;
  const Kind = dialog && KINDS[dialog.kind];
  return Kind ? html`<${Kind} ...${dialog} />` : null;
}

/** A dialog of the browser's own: it keeps the focus, and ends with Escape. @param {{title: string, children: any, small?: boolean}} props */
export function Dialog({title, children, small}) {
  const {client, t} = useStore();
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // before the next key, which may come before the next painting
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    element.current?.showModal();
    /** @type {HTMLElement | null | undefined} */ (element.current?.querySelector('form input, form textarea'))?.focus();
    return () => before?.isConnected && before.focus();
  }, []);
  const close = () => client.show(null);
  return html`<dialog ref=${element} class=${small ? 'small' : ''} aria-labelledby="dialog-title" onClose=${close}
    onClick=${(/** @type {any} */ event) => event.target === event.currentTarget && close()}>
    <div class="dialog-body"><header><h2 id="dialog-title">${title}</h2><${IconButton} icon="close" label=${t('close')} onClick=${close} /></header>
    ${children}</div></dialog>`;
}

/** Reads a form as texts. @param {SubmitEvent} event @returns {Record<string, string>} */
export function fieldsOf(event) {
  event.preventDefault();
  return Object.fromEntries([...new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))].map(([name, value]) => [name, String(value).trim()]));
}
