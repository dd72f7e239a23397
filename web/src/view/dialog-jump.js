import {html, useState} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {useStore} from './context.js';
import {Dialog} from './dialogs.js';
import {directName} from './names.js';

const MOST = 12;

/** Goes to a channel by a part of its name. */
export function Jump() {
  const {client, state, t} = useStore();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const wanted = query.toLowerCase();
  const places = [
    ...[...state.guilds.values()].flatMap(guild => [...guild.channels.values()].filter(one => one.type !== 4)
      .map(one => ({id: one.id, name: `#${one.name}`, where: guild.name, path: channelPath(guild.id, one.id)}))),
    ...[...state.directs.values()].map(one => ({id: one.id, name: directName(state, one), where: t('directs'), path: channelPath('@me', one.id)})),
  ].filter(one => `${one.name} ${one.where}`.toLowerCase().includes(wanted)).slice(0, MOST);
  const go = (/** @type {{path: string} | undefined} */ place) => {
    if (!place) return;
    client.show(null);
    client.router.go(place.path);
  };
  return html`<${Dialog} title=${t('jump')}>
    <form onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      go(places[chosen]);
    }}>
      <label class="hidden" for="jump-field">${t('jump')}</label>
      <input id="jump-field" role="combobox" aria-expanded="true" aria-controls="jump-list" aria-activedescendant=${places.length ? `jump-${chosen}` : undefined}
        autocomplete="off" placeholder=${t('jump.hint')} value=${query} onInput=${(/** @type {any} */ event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }} onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setChosen((chosen + (event.key === 'ArrowDown' ? 1 : places.length - 1)) % Math.max(1, places.length));
        }} />
      <ul class="jump-list" id="jump-list" role="listbox" aria-label=${t('channels')}>${places.map((one, at) => html`<li key=${one.id} id="jump-${at}" role="option"
        aria-selected=${String(at === chosen)} onClick=${() => go(one)}>${one.name} <span class="hint">${one.where}</span></li>`)}</ul>
    </form><//>`;
}
