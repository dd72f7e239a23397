import {html, useEffect, useState} from '../vendor/preact.js';
import {useStore} from './context.js';

/** Says what the connection is when it is not what it should be, and when the next try comes. */
export function ConnectionBanner() {
  const {client, state, t} = useStore();
  const {status, retryAt, lost} = state.connection;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (status !== 'waiting') return undefined;
    setNow(Date.now());
    const ticking = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(ticking);
  }, [status, retryAt]);
  if (status === 'online' || status === 'closed' || (status === 'connecting' && !lost)) return null;
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  const text = {
    offline: t('connection.offline'),
    waiting: t('connection.waiting', {n: seconds}),
    resuming: t('connection.resuming'),
    connecting: t('connection.connecting'),
    refused: t('connection.refused'),
  }[status] ?? status;
  return html`<div class="banner ${status}" data-status=${status}>
    <p role="status">${status === 'waiting' ? html`<span aria-hidden="true">${text}</span><span class="hidden">${t('connection.lost')}</span>` : text}</p>
    ${status === 'waiting' && html`<button type="button" class="text-button" onClick=${() => client.gateway.retryNow()}>${t('connection.now')}</button>`}
  </div>`;
}
