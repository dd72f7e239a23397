import {html} from '../vendor/preact.js';
import {History} from './history.js';

const WIDTH = 300;
const HEIGHT = 72;

/**
 * Lines over the last ten minutes, the newest at the right.
 * @param {{title: string, unit?: string, lines: {name?: string, values: (number | null)[]}[], t: any, number: (value: number) => string}} props
 */
export function Chart({title, unit = '', lines, t, number}) {
  const known = lines.flatMap(line => line.values).filter(one => one !== null);
  const most = Math.max(...known, 0);
  const top = most > 0 ? most * 1.1 : 1;
  const shown = (/** @type {number | null | undefined} */ value) => (value === null || value === undefined ? '–' : `${number(rounded(value))}${unit}`);
  const now = (/** @type {{values: (number | null)[]}} */ line) => line.values.findLast(one => one !== null);
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <p class="now">${lines.map((line, at) => html`<span class="line-${at}">${line.name && html`<small>${line.name}</small> `}${shown(now(line))}</span>`)}</p>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${t('plot', {title, now: lines.map(line => shown(now(line))).join(', '), most: shown(most)})}>
      <path class="grid" d="M0 ${HEIGHT - 0.5}H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}" />
      ${lines.map((line, at) => html`<path class="line line-${at}" d=${path(line.values, top)} vector-effect="non-scaling-stroke" />`)}
    </svg>
    <p class="most" aria-hidden="true">${shown(most)}</p>
  </figure>`;
}

/** @param {(number | null)[]} values @param {number} top */
export function path(values, top) {
  const step = WIDTH / (History.samples - 1);
  const from = History.samples - values.length;
  let drawn = '';
  let gap = true;
  values.forEach((value, at) => {
    if (value === null) {
      gap = true;
      return;
    }
    drawn += `${gap ? 'M' : 'L'}${((from + at) * step).toFixed(1)} ${(HEIGHT - 1 - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
    gap = false;
  });
  return drawn;
}

/** @param {number} value */
function rounded(value) {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
