import {html, useEffect, useLayoutEffect, useRef, useState} from '../vendor/preact.js';
import {may, Permission} from '../state/permissions.js';
import {stretchOf} from '../state/messages.js';
import {Preview} from './attachments.js';
import {CommandList, optionsOf, useCommands} from './commands.js';
import {useStore} from './context.js';
import {IconButton} from './icons.js';
import {nameOf} from './names.js';

const LONGEST = 2000;
const MOST_FILES = 10;

/** Where one writes: text, files, answers and commands. @param {{channel: any, name: string}} props */
export function Composer({channel, name}) {
  const {client, state, t} = useStore();
  const [text, setText] = useState('');
  const [files, setFiles] = useState(/** @type {File[]} */ ([]));
  const [chosen, setChosen] = useState(0);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const commands = useCommands(channel, text);
  const attaches = may(state, channel, Permission.ATTACH_FILES);
  const reply = state.replyTo?.channel_id === channel.id ? state.replyTo : null;
  useLayoutEffect(() => {
    if (reply || window.matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [reply, channel.id]);
  useEffect(() => { fit(field.current); }, [text]);

  const add = (/** @type {Iterable<File>} */ more) => {
    const all = [...files, ...more];
    if (all.length > MOST_FILES) client.notify('error', t('files.too_many', {n: MOST_FILES}));
    setFiles(all.slice(0, MOST_FILES));
  };
  const send = () => {
    const content = text.trim();
    if ((!content && !files.length) || content.length > LONGEST) return;
    const command = commands.find(one => content === `/${one.name}` || content.startsWith(`/${one.name} `));
    setText('');
    if (command && !files.length) {
      client.attempt(client.guilds.use(channel, command, optionsOf(command, content.slice(command.name.length + 1))));
      return;
    }
    setFiles([]);
    client.store.change(changing => { changing.replyTo = null; });
    client.messages.send(channel.id, content, files, reply);
  };
  const complete = (/** @type {any} */ command) => {
    setText(`/${command.name} `);
    field.current?.focus();
  };
  const choosing = commands.length > 0 && !/^\/\S+\s/.test(text);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return; // a Korean syllable is finished with Enter, which sends nothing
    if (choosing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : commands.length - 1)) % commands.length);
    } else if (choosing && event.key === 'Tab') {
      event.preventDefault();
      complete(commands[chosen] ?? commands[0]);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (choosing && text !== `/${commands[chosen]?.name}` && commands[chosen]) complete(commands[chosen]);
      else send();
    } else if (event.key === 'ArrowUp' && !text) {
      const last = stretchOf(state, channel.id).messages.findLast(one => one.author?.id === state.me.id && !one.pending && one.type !== 7);
      if (last) {
        event.preventDefault();
        client.store.change(changing => { changing.editing = last.id; });
      }
    } else if (event.key === 'Escape') {
      client.store.change(changing => { changing.replyTo = null; });
    }
  };
  const left = LONGEST - text.length;
  return html`<form class="composer" onSubmit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  }} onDragOver=${(/** @type {DragEvent} */ event) => attaches && event.preventDefault()}
    onDrop=${(/** @type {DragEvent} */ event) => {
      if (!attaches || !event.dataTransfer?.files.length) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    }}>
    ${choosing && html`<${CommandList} commands=${commands} chosen=${chosen} choose=${complete} />`}
    ${reply && html`<p class="replying-to">${t('reply.to', {name: nameOf(state, reply.author, channel.guild_id)})}
      <${IconButton} icon="close" label=${t('reply.cancel')} onClick=${() => client.store.change(changing => { changing.replyTo = null; })} /></p>`}
    ${files.length > 0 && html`<ul class="chosen-files" aria-label=${t('files')}>${files.map((file, at) => html`<li class="file" key=${`${file.name}${at}`}>
      <${Preview} file=${file} /><span class="name">${file.name}</span><span class="hint">${client.translator.size(file.size)}</span>
      <${IconButton} icon="close" label=${t('file.remove', {name: file.name})} onClick=${() => setFiles(files.filter((_, i) => i !== at))} /></li>`)}</ul>`}
    <div class="composer-row">
      ${attaches && html`<${IconButton} icon="plus" label=${t('file.add')} onClick=${() => picker.current?.click()} />
        <input ref=${picker} type="file" multiple hidden aria-label=${t('file.add')} onChange=${(/** @type {any} */ event) => {
          add(event.currentTarget.files);
          event.currentTarget.value = '';
        }} />`}
      <textarea id="composer" ref=${field} rows="1" value=${text} maxlength="4000" aria-label=${t('composer', {name})} placeholder=${t('composer', {name})}
        aria-autocomplete="list" aria-controls=${choosing ? 'commands' : undefined}
        aria-activedescendant=${choosing ? `command-${chosen}` : undefined}
        onInput=${(/** @type {any} */ event) => {
          setText(event.currentTarget.value);
          setChosen(0);
          if (event.currentTarget.value && !event.currentTarget.value.startsWith('/')) client.messages.type(channel.id);
        }} onKeyDown=${press}
        onPaste=${(/** @type {ClipboardEvent} */ event) => {
          if (!attaches || !event.clipboardData?.files.length) return;
          event.preventDefault();
          add(event.clipboardData.files);
        }}></textarea>
      ${left < 200 && html`<span class="counter ${left < 0 ? 'over' : ''}" role="status">${left}</span>`}
      <button type="submit" class="icon-button send" aria-label=${t('send')} title=${t('send')} disabled=${(!text.trim() && !files.length) || left < 0}>
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12l16-8-6 16-2.500-6.500z" /></svg></button>
    </div>
  </form>`;
}

/** Makes a field as high as its text. @param {HTMLTextAreaElement | null} field */
function fit(field) {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
}
