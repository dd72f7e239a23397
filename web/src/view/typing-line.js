import {html, useEffect, useState} from '../vendor/preact.js';
import {useStore} from './context.js';
import {nameOf} from './names.js';

/** Who types. @param {{channelId: string, guildId?: string}} props */
export function TypingLine({channelId, guildId}) {
  const {state, t} = useStore();
  const [, tick] = useState(0);
  const until = state.typing.get(channelId);
  const now = Date.now();
  const names = [...(until ?? [])].filter(([, end]) => end > now).map(([id]) => nameOf(state, state.users.get(id), guildId));
  useEffect(() => {
    if (!names.length) return undefined;
    const timer = setTimeout(() => tick((/** @type {number} */ n) => n + 1), 1000);
    return () => clearTimeout(timer);
  });
  const text = names.length === 0 ? '' : names.length > 3 ? t('typing.many') : t('typing', {names: names.join(', '), n: names.length});
  return html`<p class="typing" aria-live="off">${text && html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`}${text}</p>`;
}
