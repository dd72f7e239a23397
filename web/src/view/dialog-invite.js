import {html, useEffect, useState} from '../vendor/preact.js';
import {firstChannel} from './app.js';
import {useStore} from './context.js';
import {Dialog} from './dialogs.js';

/** A link that lets people in. @param {{guildId: string}} props */
export function InvitePeople({guildId}) {
  const {client, state, t} = useStore();
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const {route} = state;
    const guild = state.guilds.get(guildId);
    const channelId = route.page === 'channel' && route.channelId && guild?.channels.has(route.channelId) ? route.channelId : guild && firstChannel(guild)?.id;
    if (channelId) client.attempt(async () => setLink(`${location.origin}/invite/${await client.guilds.invite(channelId)}`));
  }, [client, guildId]);
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true), () => client.notify('error', t('error.copy')));
  return html`<${Dialog} title=${t('invite.people')}>
    <p>${t('invite.people.text')}</p>
    <div class="copy"><label class="hidden" for="invite-link">${t('invite.link')}</label>
      <input id="invite-link" readonly value=${link || t('loading')} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
      <button type="button" class="primary" disabled=${!link} onClick=${copy}>${t(copied ? 'copied' : 'copy')}</button></div>
    <p class="hidden" role="status">${copied ? t('copied') : ''}</p><//>`;
}
