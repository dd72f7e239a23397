import {html, useEffect, useState} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {useStore} from './context.js';
import {GuildIcon} from './avatar.js';

/** @param {{code: string}} props */
export function Invite({code}) {
  const {client, t} = useStore();
  const [busy, setBusy] = useState(false);
  const join = () => client.attempt(async () => {
    setBusy(true);
    try {
      const joined = await client.guilds.accept(code);
      client.router.replace(channelPath(joined.guild?.id ?? '@me', joined.channel?.id));
    } finally {
      setBusy(false);
    }
  });
  return html`<main class="front"><div class="front-card">
    <${InviteCard} code=${code} />
    <button type="button" class="primary" disabled=${busy} onClick=${join}>${t('invite.join')}</button>
    <button type="button" class="secondary" onClick=${() => client.router.replace('/')}>${t('invite.not_now')}</button>
  </div></main>`;
}

/** What an invite leads to. @param {{code: string}} props */
export function InviteCard({code}) {
  const {client, t} = useStore();
  const [invite, setInvite] = useState(/** @type {any} */ (null));
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let gone = false;
    client.guilds.preview(code).then(
      found => gone || setInvite(found),
      failure => gone || setProblem(client.translator.error(failure)));
    return () => { gone = true; };
  }, [client, code]);
  if (problem) return html`<p class="problem" role="alert">${problem}</p>`;
  if (!invite) return html`<p class="hint" role="status">${t('loading')}</p>`;
  const members = invite.approximate_member_count;
  return html`<section class="invite-card">
    <${GuildIcon} name=${invite.guild?.name ?? '?'} id=${invite.guild?.id} icon=${invite.guild?.icon ?? null} />
    <div><p class="hint">${t('invite.from', {name: invite.inviter?.global_name ?? invite.inviter?.username ?? '?'})}</p>
      <h1 class="invite-name">${invite.guild?.name}</h1>
      <p class="hint">#${invite.channel?.name}${members ? ` · ${t('members.count', {n: members})}` : ''}</p></div>
  </section>`;
}
