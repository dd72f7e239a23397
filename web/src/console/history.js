import {buckets, quantile, total} from './metrics.js';

const SAMPLES = 300;
/** Percentiles are over this many samples: those of two seconds jump. */
const SPAN = 15;

/** @typedef {{at: number, requests: Map<number, number>, deliveries: Map<number, number>, totals: Record<string, number | null>}} Sample */

/** The last ten minutes of the numbers, and what is drawn of them. */
export class History {
  /** @type {Sample[]} */
  #samples = [];
  /** @type {Record<string, (number | null)[]>} */
  series = {};

  /** @param {import('./metrics.js').Metrics} metrics @param {number} at in ms */
  add(metrics, at) {
    /** @type {Sample} */
    const sample = {
      at,
      requests: buckets(metrics, 'http_request_duration_seconds'),
      deliveries: buckets(metrics, 'parley_delivery_latency_seconds'),
      totals: {
        connections: total(metrics, 'gateway_connections_active'),
        sent: total(metrics, 'gateway_messages_total', labels => labels.direction === 'out'),
        requests: total(metrics, 'http_requests_total'),
        failures: total(metrics, 'http_requests_total', labels => labels.status.startsWith('5')) ?? 0,
        queued: total(metrics, 'queue_messages'),
        outbox: total(metrics, 'parley_outbox_age_seconds'),
        cpu: total(metrics, 'machine_cpu_ratio'),
      },
    };
    const last = this.#samples.at(-1);
    const from = this.#samples.at(-SPAN) ?? this.#samples[0] ?? sample;
    // A total that shrank is of a cloud that was started again.
    const rate = (/** @type {string} */ name) => {
      const now = sample.totals[name];
      const before = last?.totals[name];
      return !last || now === null || before === null || before === undefined || now < before ? null : (now - before) * 1000 / (at - last.at);
    };
    this.#push({
      connections: sample.totals.connections,
      deliveries: rate('sent'),
      requests: rate('requests'),
      failures: rate('failures'),
      queue: sample.totals.queued,
      outbox: sample.totals.outbox,
      cpu: sample.totals.cpu === null ? null : sample.totals.cpu * 100,
      delivery50: milliseconds(quantile(from.deliveries, sample.deliveries, 0.5)),
      delivery99: milliseconds(quantile(from.deliveries, sample.deliveries, 0.99)),
      request50: milliseconds(quantile(from.requests, sample.requests, 0.5)),
      request99: milliseconds(quantile(from.requests, sample.requests, 0.99)),
    });
    this.#samples = [...this.#samples, sample].slice(-SAMPLES);
  }

  /** @param {Record<string, number | null>} values */
  #push(values) {
    for (const [name, value] of Object.entries(values)) {
      this.series[name] = [...(this.series[name] ?? []), value].slice(-SAMPLES);
    }
  }

  static get samples() {
    return SAMPLES;
  }
}

/** @param {number | null} seconds */
function milliseconds(seconds) {
  return seconds === null ? null : seconds * 1000;
}
