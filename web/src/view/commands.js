import {html, useEffect, useState} from '../vendor/preact.js';
import {useStore} from './context.js';

const PAUSE = 150;
const STRING = 3, INTEGER = 4, BOOLEAN = 5, USER = 6, CHANNEL = 7, ROLE = 8, NUMBER = 10;

/** The commands that a text begins; none for one that is no command. @param {any} channel @param {string} text @returns {any[]} */
export function useCommands(channel, text) {
  const {client} = useStore();
  const [found, setFound] = useState(/** @type {any[]} */ ([]));
  const name = /^\/([\p{L}\p{N}_-]*)/u.exec(text)?.[1];
  useEffect(() => {
    if (name === undefined || !channel.guild_id) {
      setFound([]);
      return undefined;
    }
    let gone = false;
    const timer = setTimeout(() => {
      client.guilds.commands(channel.id, name).then(some => gone || setFound(some), () => gone || setFound([]));
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, channel.id, name]);
  return name === undefined ? [] : found;
}

/** @param {{commands: any[], chosen: number, choose: (command: any) => void}} props */
export function CommandList({commands, chosen, choose}) {
  const {t} = useStore();
  return html`<ul class="commands" id="commands" role="listbox" aria-label=${t('commands')}>
    ${commands.map((one, at) => html`<li key=${one.id} id="command-${at}" role="option" aria-selected=${String(at === chosen)} onClick=${() => choose(one)}>
      <strong>/${one.name}</strong> ${(one.options ?? []).filter((/** @type {any} */ option) => option.type >= STRING).map((/** @type {any} */ option) =>
        html`<code>${option.name}${option.required ? '' : '?'}</code> `)}<span class="hint">${one.description}</span></li>`)}</ul>`;
}

/**
 * Reads what was typed after a command: {@code name: value} pairs, or the values alone in the order of the options.
 * @param {any} command
 * @param {string} text
 * @returns {{type: number, name: string, value: unknown}[]}
 */
export function optionsOf(command, text) {
  const known = (command.options ?? []).filter((/** @type {any} */ option) => option.type >= STRING);
  const named = new RegExp(`(?:^|\\s)(${known.map((/** @type {any} */ one) => escape(one.name)).join('|') || '(?!)'}):`, 'gu');
  const starts = [...text.matchAll(named)];
  if (starts.length) {
    return starts.flatMap((start, at) => {
      const option = known.find((/** @type {any} */ one) => one.name === start[1]);
      const raw = text.slice(start.index + start[0].length, starts[at + 1]?.index).trim();
      return raw ? [{type: option.type, name: option.name, value: valueOf(option.type, raw)}] : [];
    });
  }
  const words = text.trim().split(/\s+/).filter(Boolean);
  return known.flatMap((/** @type {any} */ option, /** @type {number} */ at) => {
    // The last option takes the rest, so that a sentence needs no quotes.
    const raw = at === known.length - 1 ? words.slice(at).join(' ') : words[at];
    return raw ? [{type: option.type, name: option.name, value: valueOf(option.type, raw)}] : [];
  });
}

/** @param {number} type @param {string} raw */
function valueOf(type, raw) {
  if (type === INTEGER || type === NUMBER) return Number(raw);
  if (type === BOOLEAN) return /^(true|yes|1|예|네)$/i.test(raw);
  if (type === USER || type === CHANNEL || type === ROLE) return /\d{10,}/.exec(raw)?.[0] ?? raw;
  return raw;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
