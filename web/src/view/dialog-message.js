import {html} from '../vendor/preact.js';
import {useStore} from './context.js';
import {Dialog} from './dialogs.js';

/** Those that are there without a search. Their names are the platform's own for a screen reader. */
const EMOJIS = ['👍', '👎', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👀', '🔥', '✅', '❌', '🚀', '💯', '🤔', '👏', '🙌', '💡', '☕', '🍕', '🐛', '🎂', '⭐', '👋'];

/** @param {{message: any}} props */
export function DeleteMessage({message}) {
  const {client, t} = useStore();
  const remove = async () => {
    if (await client.attempt(client.messages.remove(message))) client.show(null);
  };
  return html`<${Dialog} title=${t('message.delete')} small><p>${t('message.delete.sure')}</p>
    <blockquote>${String(message.content).slice(0, 300) || t('message.files')}</blockquote>
    <div class="actions"><button type="button" class="secondary" onClick=${() => client.show(null)}>${t('cancel')}</button>
      <button type="button" class="danger" onClick=${remove}>${t('delete')}</button></div><//>`;
}

/** @param {{message: any}} props */
export function React({message}) {
  const {client, t} = useStore();
  const react = (/** @type {string} */ name) => () => {
    client.show(null);
    client.attempt(client.messages.react(message, {id: null, name}));
  };
  return html`<${Dialog} title=${t('reaction.add')} small>
    <div class="emoji-grid">${EMOJIS.map(one => html`<button type="button" key=${one} onClick=${react(one)}>${one}</button>`)}</div><//>`;
}
