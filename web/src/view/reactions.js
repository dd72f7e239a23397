import {html} from '../vendor/preact.js';
import {may, Permission} from '../state/permissions.js';
import {useClient} from './context.js';
import {Icon} from './icons.js';

/** @param {{message: any, channel: any}} props */
export function Reactions({message, channel}) {
  const client = useClient();
  const {t} = client;
  if (!message.reactions?.length) return null;
  return html`<ul class="reactions" aria-label=${t('reactions')}>
    ${message.reactions.map((/** @type {any} */ one) => {
      const name = one.emoji.id ? `:${one.emoji.name}:` : one.emoji.name;
      return html`<li key=${one.emoji.id ?? one.emoji.name}><button type="button" class="reaction" aria-pressed=${String(!!one.me)}
        aria-label=${t('reaction.count', {name, n: one.count})} onClick=${() => client.attempt(client.messages.react(message, one.emoji))}>
        <span aria-hidden="true">${name}</span> <span aria-hidden="true">${one.count}</span></button></li>`;
    })}
    ${may(client.store.state, channel, Permission.ADD_REACTIONS) && html`<li><button type="button" class="reaction add" aria-label=${t('reaction.add')}
      onClick=${() => client.show({kind: 'react', message})}><${Icon} name="plus" /></button></li>`}
  </ul>`;
}
