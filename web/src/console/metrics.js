/**
 * What /metrics says at one moment (Prometheus text format), by the name of the metric.
 * @typedef {Map<string, {labels: Record<string, string>, value: number}[]>} Metrics
 */

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** @param {string} text @returns {Metrics} */
export function readMetrics(text) {
  /** @type {Metrics} */
  const metrics = new Map();
  for (const line of text.split('\n')) {
    const match = line.startsWith('#') ? null : LINE.exec(line);
    if (!match) continue;
    const [, name, labels = '', value] = match;
    const all = metrics.get(name) ?? [];
    all.push({labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, one]) => [key, one])), value: value === '+Inf' ? Infinity : Number(value)});
    metrics.set(name, all);
  }
  return metrics;
}

/**
 * @param {Metrics} metrics
 * @param {string} name
 * @param {(labels: Record<string, string>) => boolean} [where]
 * @returns {number | null} null if there is none
 */
export function total(metrics, name, where = () => true) {
  const some = metrics.get(name)?.filter(one => where(one.labels) && !Number.isNaN(one.value));
  return some?.length ? some.reduce((sum, one) => sum + one.value, 0) : null;
}

/** How many values each bucket of a histogram has had, over all its labels. @param {Metrics} metrics @param {string} name @returns {Map<number, number>} by upper bound, each with those below it */
export function buckets(metrics, name) {
  const counts = new Map();
  for (const {labels, value} of metrics.get(`${name}_bucket`) ?? []) {
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le);
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  return counts;
}

/**
 * The value that a share of what came between two moments was below, as Prometheus' histogram_quantile has it.
 * @param {Map<number, number>} before
 * @param {Map<number, number>} after
 * @param {number} share 0 to 1
 * @returns {number | null} null if nothing came
 */
export function quantile(before, after, share) {
  const bounds = [...after.keys()].sort((a, b) => a - b);
  const grown = bounds.map(bound => (after.get(bound) ?? 0) - (before.get(bound) ?? 0));
  const all = grown.at(-1) ?? 0;
  if (all <= 0) return null;
  const rank = share * all;
  const at = grown.findIndex(count => count >= rank);
  const low = at === 0 ? 0 : bounds[at - 1];
  if (bounds[at] === Infinity) return low;
  const below = at === 0 ? 0 : grown[at - 1];
  return low + (bounds[at] - low) * ((rank - below) / Math.max(1, grown[at] - below));
}
