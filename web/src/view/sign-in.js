import {html, useState} from '../vendor/preact.js';
import {ApiError} from '../net/api-error.js';
import {useStore} from './context.js';
import {InviteCard} from './invite.js';

const ICON = new URL('../icon.svg', import.meta.url).href;

/** Signing in, or registering; with the invite that led here. */
export function SignIn() {
  const {client, state, t} = useStore();
  const {route} = state;
  const [registers, setRegisters] = useState(route.page === 'register' || route.page === 'invite');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState(/** @type {Record<string, string>} */ ({}));
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const text = (/** @type {string} */ name) => String(form.get(name) ?? '');
    setBusy(true);
    setProblems({});
    try {
      const stay = form.get('stay') !== null;
      const account = {email: text('email').trim(), password: text('password')};
      if (registers) await client.account.register({username: text('username').trim().toLowerCase(), ...account}, stay);
      else await client.account.signIn(account, stay);
    } catch (failure) {
      setProblems(problemsOf(client, failure));
    } finally {
      setBusy(false);
    }
  };
  return html`<main class="front">
    <div class="front-card">
      <header><img src=${ICON} alt="" width="40" height="40" /><h1>Parley</h1><${LanguageSwitch} /></header>
      ${route.page === 'invite' && html`<${InviteCard} code=${route.code} />`}
      <h2>${t(registers ? 'register.title' : 'login.title')}</h2>
      <form onSubmit=${submit} novalidate>
        ${problems[''] && html`<p class="problem" role="alert">${problems['']}</p>`}
        ${registers && html`<${Field} name="username" label=${t('field.username')} hint=${t('field.username.hint')}
          autocomplete="username" problem=${problems.username} />`}
        <${Field} name="email" type="email" label=${t('field.email')} autocomplete="email" problem=${problems.email} />
        <${Field} name="password" type="password" label=${t('field.password')} problem=${problems.password}
          hint=${registers ? t('field.password.hint') : ''} autocomplete=${registers ? 'new-password' : 'current-password'} />
        <label class="check"><input type="checkbox" name="stay" /> <span>${t('field.stay')}</span></label>
        <button type="submit" class="primary" disabled=${busy}>${t(busy ? 'busy' : registers ? 'register' : 'login')}</button>
      </form>
      <p class="switch">${t(registers ? 'register.other' : 'login.other')}
        <button type="button" class="text-button" onClick=${() => {
          setRegisters(!registers);
          setProblems({});
        }}>${t(registers ? 'login' : 'register')}</button></p>
    </div>
  </main>`;
}

/** @param {import('../client.js').Client} client @param {unknown} failure */
function problemsOf(client, failure) {
  /** @type {Record<string, string>} */
  const problems = {};
  if (failure instanceof ApiError) {
    for (const [name, error] of Object.entries(failure.fields)) {
      problems[name === 'login' ? '' : name] = client.translator.field(name, error);
    }
  }
  if (!Object.keys(problems).length) problems[''] = client.translator.error(failure);
  return problems;
}

/**
 * A field with its label, a hint, and what is wrong with it.
 * @param {{name: string, label: string, type?: string, hint?: string, problem?: string, autocomplete?: string, value?: string, maxLength?: number}} props
 */
export function Field({name, label, type = 'text', hint, problem, autocomplete = 'off', value, maxLength}) {
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} name=${name} type=${type} autocomplete=${autocomplete} defaultValue=${value} maxlength=${maxLength} required
      aria-invalid=${problem ? 'true' : undefined} aria-describedby=${described || undefined} spellcheck="false" />
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${problem && html`<p class="problem" id="${id}-problem">${problem}</p>`}
  </div>`;
}

export function LanguageSwitch() {
  const {client, state, t} = useStore();
  const choose = (/** @type {any} */ event) => client.attempt(client.account.setLocale(event.currentTarget.value));
  return html`<label class="language"><span class="hidden">${t('settings.language')}</span>
    <select value=${state.locale} onChange=${choose}><option value="en" lang="en">English</option><option value="ko" lang="ko">한국어</option></select></label>`;
}
