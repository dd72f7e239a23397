import {html} from '../vendor/preact.js';
import {channelPath} from '../state/router.js';
import {useStore} from './context.js';
import {Dialog, fieldsOf} from './dialogs.js';
import {Field} from './sign-in.js';

/** A new channel, or what is changed of one. @param {{guildId: string, channel?: any}} props */
export function ChannelForm({guildId, channel}) {
  const {client, t} = useStore();
  const save = (/** @type {SubmitEvent} */ event) => {
    const fields = fieldsOf(event);
    const form = {name: fields.name, topic: fields.topic || null};
    return client.attempt(async () => {
      if (channel) await client.guilds.modifyChannel(channel.id, form);
      const id = channel?.id ?? (await client.guilds.createChannel(guildId, form)).id;
      client.show(null);
      client.router.go(channelPath(guildId, id));
    });
  };
  const remove = () => client.attempt(async () => {
    await client.guilds.deleteChannel(channel.id);
    client.show(null);
    client.router.replace(channelPath(guildId));
  });
  return html`<${Dialog} title=${t(channel ? 'channel.edit' : 'channel.create')}>
    <form onSubmit=${save}>
      <${Field} name="name" label=${t('channel.name')} maxLength=${100} value=${channel?.name} />
      <div class="field"><label for="field-topic">${t('channel.topic')}</label>
        <textarea id="field-topic" name="topic" rows="3" maxlength="1024" defaultValue=${channel?.topic ?? ''}></textarea></div>
      <div class="actions">${channel && html`<button type="button" class="danger" onClick=${remove}>${t('channel.delete')}</button>`}
        <button type="submit" class="primary">${t(channel ? 'save' : 'channel.create')}</button></div>
    </form><//>`;
}
