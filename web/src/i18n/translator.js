import {ApiError} from '../net/api-error.js';
import {CATALOG} from './catalog.js';

/** @typedef {keyof typeof CATALOG} Key */
/** @typedef {'en' | 'ko'} Locale */

/** Says everything in the language that is chosen. */
export class Translator {
  #locale;
  #catalog;
  /** @type {Map<string, any>} */
  #formats = new Map();

  /** @param {() => Locale} locale @param {Record<string, any>} [catalog] */
  constructor(locale, catalog = CATALOG) {
    this.#locale = locale;
    this.#catalog = catalog;
  }

  /**
   * A text of the catalog. A text with a number has a form for each of the language's plurals.
   * @param {Key} key
   * @param {Record<string, string | number>} [values] for the names in braces
   * @returns {string}
   */
  t = (key, values = {}) => {
    const locale = this.#locale();
    const entry = this.#catalog[key][locale];
    const text = typeof entry === 'string'
      ? entry
      : entry[this.#format('plural', () => new Intl.PluralRules(locale)).select(values.n)] ?? entry.other;
    return text.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => {
      const value = values[name];
      return typeof value === 'number' ? this.number(value) : value ?? '';
    });
  };

  /** @param {number} value */
  number(value) {
    return this.#format('number', () => new Intl.NumberFormat(this.#locale())).format(value);
  }

  /** What something costs; a small amount with more digits. @param {number} amount in US dollars */
  usd(amount) {
    const digits = amount < 1 ? 4 : 2;
    return this.#format(`usd${digits}`, () => new Intl.NumberFormat(this.#locale(), {style: 'currency', currency: 'USD', minimumFractionDigits: digits, maximumFractionDigits: digits})).format(amount);
  }

  /** The time of a message: alone on the same day, with the date otherwise. @param {number} at */
  when(at) {
    const today = new Date().toDateString() === new Date(at).toDateString();
    return today ? this.time(at) : this.#format('when', () => new Intl.DateTimeFormat(this.#locale(), {dateStyle: 'short', timeStyle: 'short'})).format(at);
  }

  /** @param {number} at */
  time(at) {
    return this.#format('time', () => new Intl.DateTimeFormat(this.#locale(), {timeStyle: 'short'})).format(at);
  }

  /** @param {number} at */
  day(at) {
    return this.#format('day', () => new Intl.DateTimeFormat(this.#locale(), {dateStyle: 'full'})).format(at);
  }

  /** @param {number} at */
  full(at) {
    return this.#format('full', () => new Intl.DateTimeFormat(this.#locale(), {dateStyle: 'full', timeStyle: 'short'})).format(at);
  }

  /** @param {number} bytes */
  size(bytes) {
    const units = /** @type {const} */ (['byte', 'kilobyte', 'megabyte', 'gigabyte']);
    const power = Math.min(3, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)));
    return new Intl.NumberFormat(this.#locale(), {style: 'unit', unit: units[power], unitDisplay: 'short', maximumFractionDigits: 1})
      .format(bytes / 1024 ** power);
  }

  /** What was refused, in words for whom it happened to. @param {unknown} failure @returns {string} */
  error(failure) {
    if (!(failure instanceof ApiError)) return this.t('error.unknown', {message: String(failure)});
    if (failure.unreachable) return this.t('error.unreachable');
    const known = /** @type {Record<number, Key>} */ ({
      10006: 'error.invite', 30001: 'error.guilds', 40005: 'error.too_large', 40007: 'error.banned', 50001: 'error.permission',
      50007: 'error.direct', 50013: 'error.permission', 40002: 'error.permission',
    })[failure.code];
    if (known) return this.t(known);
    if (failure.status === 429) return this.t('error.limit');
    if (failure.status === 413) return this.t('error.too_large');
    if (failure.status >= 500) return this.t('error.server', {id: failure.requestId ?? '-'});
    const [field] = Object.entries(failure.fields);
    return field ? this.field(field[0], field[1]) : this.t('error.unknown', {message: failure.message});
  }

  /** @param {string} name @param {{code: string, message: string}} error */
  field(name, error) {
    if (error.code === 'INVALID_LOGIN') return this.t('error.login');
    if (error.code.endsWith('ALREADY_TAKEN') || error.code.endsWith('ALREADY_REGISTERED')) return this.t('error.taken');
    if (error.code === 'BASE_TYPE_BAD_LENGTH' || error.code === 'BASE_TYPE_MAX_LENGTH') {
      const [least, most] = [...error.message.matchAll(/\d+/g)].map(Number);
      return most === undefined ? this.t('error.too_long', {n: least}) : this.t('error.length', {least, most});
    }
    return error.message;
  }

  /** @param {string} kind @param {() => any} make */
  #format(kind, make) {
    const key = `${this.#locale()} ${kind}`;
    let format = this.#formats.get(key);
    if (!format) {
      format = make();
      this.#formats.set(key, format);
    }
    return format;
  }
}
