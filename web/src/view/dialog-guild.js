import {html} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {inviteCode} from '../text/links.js';
import {useStore} from './context.js';
import {Dialog, fieldsOf} from './dialogs.js';
import {Field} from './sign-in.js';

/** A new guild, or one that an invite leads to. */
export function AddGuild() {
  const {client, state, t} = useStore();
  const create = async (/** @type {SubmitEvent} */ event) => {
    const {name} = fieldsOf(event);
    await client.attempt(async () => {
      const guild = await client.guilds.create(name);
      client.show(null);
      client.router.go(channelPath(guild.id, guild.channels?.[0]?.id));
    });
  };
  const join = (/** @type {SubmitEvent} */ event) => {
    const code = inviteCode(fieldsOf(event).link);
    if (!code) {
      client.notify('error', t('error.invite'));
      return;
    }
    client.show(null);
    client.router.go(`/invite/${code}`);
  };
  return html`<${Dialog} title=${t('guild.add')}>
    <form onSubmit=${create}><${Field} name="name" label=${t('guild.name')} maxLength=${100} value=${t('guild.name.default', {name: state.me.global_name ?? state.me.username})} />
      <button type="submit" class="primary">${t('guild.create')}</button></form>
    <form onSubmit=${join}><${Field} name="link" label=${t('invite.link')} hint=${t('invite.link.hint', {link: `${location.origin}/invite/…`})} />
      <button type="submit" class="secondary">${t('invite.open')}</button></form>
  <//>`;
}

/** @param {{guildId: string}} props */
export function LeaveGuild({guildId}) {
  const {client, state, t} = useStore();
  const leave = () => client.attempt(async () => {
    await client.guilds.leave(guildId);
    client.show(null);
    client.router.replace('/');
  });
  return html`<${Dialog} title=${t('guild.leave')} small><p>${t('guild.leave.sure', {name: state.guilds.get(guildId)?.name ?? ''})}</p>
    <div class="actions"><button type="button" class="secondary" onClick=${() => client.show(null)}>${t('cancel')}</button>
      <button type="button" class="danger" onClick=${leave}>${t('guild.leave')}</button></div><//>`;
}
