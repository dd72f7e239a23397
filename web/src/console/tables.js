import {html, useState} from '../vendor/preact.js';

const COMPARED = /** @type {Record<string, string>} */ ({above: '>', below: '<', at_least: '≥', at_most: '≤'});
const ORDER = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

/** @param {{alerts: any[], t: any, translator: import('../i18n/translator.js').Translator}} props */
export function Alerts({alerts, t, translator}) {
  const [all, setAll] = useState(false);
  const shown = alerts.filter(one => all || one.state === 'ALARM').sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const number = (/** @type {number | null} */ value, /** @type {string} */ unit) => (value === null ? '–' : `${translator.number(value)} ${unit}`);
  return html`<section><h2>${t('alerts')}</h2>
    <label class="check"><input type="checkbox" checked=${all} onChange=${() => setAll(!all)} /> <span>${t('alerts.all')}</span></label>
    ${shown.length === 0 ? html`<p class="hint">${t('alerts.none')}</p>` : html`<div class="table" tabindex="0" role="region" aria-label=${t('alerts')}><table>
      <thead><tr>${['state', 'severity', 'alert', 'service', 'value', 'threshold', 'since'].map(key => html`<th scope="col">${t(key)}</th>`)}</tr></thead>
      <tbody>${shown.map(one => html`<tr key=${one.id}><td><span class="state ${one.state}">${t(`state.${one.state}`)}</span></td>
        <td>${t(`severity.${one.severity}`)}</td><td title=${`${one.signal}, ${one.runbook}`}>${one.name}</td><td>${one.service}</td>
        <td>${number(one.value, one.unit)}</td><td>${COMPARED[one.comparison] ?? one.comparison} ${number(one.threshold, one.unit)}</td>
        <td>${translator.when(Date.parse(one.since))}</td></tr>`)}</tbody></table></div>`}</section>`;
}

/** What the cloud would have charged since the start. @param {{bill: any, t: any, translator: import('../i18n/translator.js').Translator}} props */
export function Bill({bill, t, translator}) {
  /** @type {Map<string, number>} */
  const services = new Map();
  for (const one of bill.items) services.set(one.service, (services.get(one.service) ?? 0) + one.usd);
  return html`<figure class="chart bill"><figcaption>${t('bill')}</figcaption>
    <p class="now"><span class="line-0">${translator.usd(bill.usd)}</span></p>
    <dl>${[...services].map(([service, usd]) => html`<dt>${service === 'Traffic' ? t('bill.traffic') : service}</dt><dd>${translator.usd(usd)}</dd>`)}</dl>
    <p class="hint">${t('bill.hint', {date: bill.prices, region: bill.region, since: translator.when(Date.parse(bill.since))})}${bill.gateways_missing > 0 && ` ${t('bill.missing', {n: bill.gateways_missing})}`}</p>
  </figure>`;
}

/** @param {{errors: any[], t: any, translator: import('../i18n/translator.js').Translator}} props */
export function Errors({errors, t, translator}) {
  return html`<section><h2>${t('errors')}</h2>
    ${errors.length === 0 ? html`<p class="hint">${t('errors.none')}</p>` : html`<div class="table" tabindex="0" role="region" aria-label=${t('errors')}><table>
      <thead><tr>${['when', 'severity', 'what', 'function', 'request_id'].map(key => html`<th scope="col">${t(key)}</th>`)}</tr></thead>
      <tbody>${errors.map((one, at) => html`<tr key=${`${one.timestamp} ${at}`}><td>${translator.when(Date.parse(one.timestamp))}</td>
        <td><span class="state ${one.level === 'ERROR' ? 'ALARM' : 'INSUFFICIENT_DATA'}">${one.level}</span></td>
        <td class="wide">${one.message}</td><td>${one.function ?? '–'}</td><td><code>${one.request_id ?? '–'}</code></td></tr>`)}</tbody></table></div>`}</section>`;
}

/** @param {{faults: any, t: any, end: () => void}} props */
export function Faults({faults, t, end}) {
  return html`<section><h2>${t('faults')}</h2>
    ${faults.active.length === 0 ? html`<p class="hint">${t('faults.none')}</p>` : html`<ul>${faults.active.map((/** @type {any} */ one) => html`<li><code>${JSON.stringify(one)}</code></li>`)}</ul>
      <button type="button" class="danger" onClick=${end}>${t('faults.end')}</button>`}</section>`;
}
