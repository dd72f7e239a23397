import {html, useLayoutEffect, useRef, useState} from '../vendor/preact.js';
import {useClient} from './context.js';

/** Where a message is changed. @param {{message: any}} props */
export function Editor({message}) {
  const client = useClient();
  const {t} = client;
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [text, setText] = useState(message.content);
  const done = () => {
    client.store.change(state => { state.editing = null; });
    document.getElementById('composer')?.focus();
  };
  const save = async () => {
    const content = text.trim();
    if (!content && !message.attachments.length) client.show({kind: 'delete', message});
    else if (content !== message.content && !(await client.attempt(client.messages.edit(message, content)))) return;
    done();
  };
  useLayoutEffect(() => {
    const one = /** @type {HTMLTextAreaElement} */ (field.current);
    one.focus();
    one.setSelectionRange(one.value.length, one.value.length);
  }, []);
  return html`<form class="editor" onSubmit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    save();
  }}>
    <textarea ref=${field} aria-label=${t('edit')} maxlength="2000" rows=${Math.min(10, text.split('\n').length)} value=${text}
      onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') done();
        else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          save();
        }
      }}></textarea>
    <p class="hint"><button type="button" class="text-button" onClick=${done}>${t('cancel')}</button>
      <button type="submit" class="text-button">${t('save')}</button></p>
  </form>`;
}
