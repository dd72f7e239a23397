import {html} from '../vendor/preact.js';
import {useStore} from './context.js';
import {Icon, IconButton} from './icons.js';

/** Where one is when no channel is open. @param {{guild?: import('../state/store.js').Guild}} props */
export function Home({guild}) {
  const {client, state, t} = useStore();
  const empty = state.guilds.size === 0;
  return html`<div class="home">
    <${IconButton} icon="menu" class="only-small" label=${t('channels')} onClick=${() => client.store.change(one => { one.drawer = 'channels'; })} />
    <div class="home-card">
      <${Icon} name="compass" />
      <h1>${t(guild ? (guild.unavailable ? 'guild.unavailable' : 'home.no_channel') : empty ? 'home.welcome' : 'home.directs')}</h1>
      <p>${t(guild ? 'home.no_channel.text' : empty ? 'home.welcome.text' : 'home.directs.text')}</p>
      ${empty && html`<button type="button" class="primary" onClick=${() => client.show({kind: 'add-guild'})}>${t('guild.add')}</button>`}
    </div>
  </div>`;
}
