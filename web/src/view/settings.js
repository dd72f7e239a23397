import {html, useState} from '../vendor/preact.js';
import {useStore} from './context.js';
import {Field, LanguageSwitch} from './sign-in.js';
import {fieldsOf} from './dialogs.js';
import {IconButton} from './icons.js';

/** @type {[string, import('../i18n/translator.js').Key][]} */
const KEYS = [
  ['Ctrl K', 'keys.jump'], ['Alt ↑ ↓', 'keys.channel'], ['Alt Shift ↑ ↓', 'keys.unread'], ['Ctrl F', 'keys.search'],
  ['↑', 'keys.edit'], ['Shift Enter', 'keys.line'], ['Esc', 'keys.escape'],
];

/** What one chooses for oneself. */
export function Settings() {
  const {client, state, t} = useStore();
  const [saved, setSaved] = useState(false);
  const rename = async (/** @type {SubmitEvent} */ event) => {
    setSaved(await client.attempt(client.account.rename(fieldsOf(event).name)));
  };
  return html`<div class="settings">
    <header class="bar"><${IconButton} icon="menu" class="only-small" label=${t('channels')} onClick=${() => client.store.change(one => { one.drawer = 'channels'; })} />
      <h1>${t('settings')}</h1><span class="grow"></span>
      <${IconButton} icon="close" label=${t('close')} onClick=${() => client.router.go('/')} /></header>
    <section><h2>${t('settings.profile')}</h2>
      <form onSubmit=${rename}><${Field} name="name" label=${t('settings.name')} hint=${t('settings.name.hint', {name: state.me.username})} maxLength=${32} value=${state.me.global_name ?? ''} />
        <button type="submit" class="primary">${t('save')}</button> <span role="status" class="hint">${saved ? t('saved') : ''}</span></form></section>
    <section><h2>${t('settings.look')}</h2>
      <fieldset><legend>${t('settings.theme')}</legend>${/** @type {const} */ (['system', 'light', 'dark']).map(theme => html`<label class="check">
        <input type="radio" name="theme" value=${theme} checked=${state.theme === theme} onChange=${() => client.attempt(client.account.setTheme(theme))} />
        <span>${t(`settings.theme.${theme}`)}</span></label>`)}</fieldset>
      <div class="field"><span class="label">${t('settings.language')}</span><${LanguageSwitch} /></div></section>
    <section><h2>${t('settings.keys')}</h2>
      <dl class="keys">${KEYS.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${t(does)}</dd></div>`)}</dl></section>
    <section><h2>${t('settings.account')}</h2><p class="hint">${state.me.email}</p>
      <button type="button" class="danger" onClick=${() => client.account.signOut().then(() => client.router.replace('/login'))}>${t('sign_out')}</button></section>
  </div>`;
}
