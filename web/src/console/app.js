import {CONSOLE_CATALOG} from '../i18n/console-catalog.js';
import {Translator} from '../i18n/translator.js';
import {html, render, useEffect, useState} from '../vendor/preact.js';
import {Chart} from './chart.js';
import {Source} from './source.js';
import {Alerts, Bill, Errors, Faults} from './tables.js';

const ICON = new URL('../icon.svg', import.meta.url).href;

/** @type {'en' | 'ko'} */
let locale = (localStorage.getItem('parley.locale') ?? navigator.language).startsWith('ko') ? 'ko' : 'en';
const translator = new Translator(() => locale, CONSOLE_CATALOG);
const t = /** @type {(key: string, values?: Record<string, string | number>) => string} */ (translator.t);
const theme = localStorage.getItem('parley.theme');
if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;

function Console() {
  const [, draw] = useState(0);
  const [source] = useState(() => new Source(() => draw((/** @type {number} */ n) => n + 1)));
  useEffect(() => source.start(), []);
  useEffect(() => { document.documentElement.lang = locale; });
  const firing = source.alerts.filter(one => one.state === 'ALARM');
  const {series} = source.history;
  const chart = (/** @type {string} */ title, /** @type {any[]} */ lines, unit = '') => html`<${Chart} title=${title} unit=${unit} t=${t} number=${(/** @type {number} */ one) => translator.number(one)}
    lines=${lines.map(line => ({...line, values: series[line.of] ?? []}))} />`;
  const health = source.healthy === null ? 'unknown' : source.healthy ? 'healthy' : 'unhealthy';
  return html`
    <header class="top"><img src=${ICON} alt="" width="32" height="32" /><h1>Parley ${t('console')}</h1>
      <p class="health ${health}" role="status">${t(health)}</p>
      <p class="health ${firing.length ? 'unhealthy' : 'healthy'}">${t('alerts.firing', {n: firing.length})}</p>
      <span class="grow"></span>
      <label><span class="hidden">${t('language')}</span><select value=${locale} onChange=${(/** @type {any} */ event) => {
        locale = event.currentTarget.value;
        localStorage.setItem('parley.locale', locale);
        draw((/** @type {number} */ n) => n + 1);
      }}><option value="en" lang="en">English</option><option value="ko" lang="ko">한국어</option></select></label>
      <a href="/">${t('to_chat')}</a></header>
    ${!source.reachable && html`<p class="warning" role="alert">${t('unreachable')}</p>`}
    <main>
      <p class="hint">${t('window')}</p>
      <div class="charts">
        ${chart(t('connections'), [{of: 'connections'}])}
        ${chart(t('deliveries'), [{of: 'deliveries'}])}
        ${chart(t('requests'), [{of: 'requests'}])}
        ${chart(t('delivery'), [{of: 'delivery50', name: 'p50'}, {of: 'delivery99', name: 'p99'}], ' ms')}
        ${chart(t('request'), [{of: 'request50', name: 'p50'}, {of: 'request99', name: 'p99'}], ' ms')}
        ${chart(t('failures'), [{of: 'failures'}])}
        ${chart(t('queue'), [{of: 'queue'}])}
        ${chart(t('outbox'), [{of: 'outbox'}], ' s')}
        ${chart(t('cpu'), [{of: 'cpu'}], ' %')}
        ${source.bill && html`<${Bill} bill=${source.bill} t=${t} translator=${translator} />`}
      </div>
      <${Alerts} alerts=${source.alerts} t=${t} translator=${translator} />
      <${Errors} errors=${source.errors} t=${t} translator=${translator} />
      ${source.faults && html`<${Faults} faults=${source.faults} t=${t} end=${() => source.endFaults()} />`}
    </main>`;
}

const root = /** @type {HTMLElement} */ (document.getElementById('console'));
root.textContent = '';
render(html`<${Console} />`, root);
