/** A refusal of the API, or no answer at all. */
export class ApiError extends Error {
  /**
   * @param {number} status the HTTP status; 0 if there was no answer
   * @param {any} body
   * @param {string | null} [requestId] what a log has of the request
   */
  constructor(status, body, requestId = null) {
    super(typeof body?.message === 'string' ? body.message : `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    /** Discord's code of the error; 0 if there is none. */
    this.code = Number.isInteger(body?.code) ? body.code : 0;
    this.requestId = requestId;
    this.fields = fieldErrors(body?.errors);
  }

  /** Whether there was no answer: the network, or a deadline. */
  get unreachable() {
    return this.status === 0;
  }
}

/**
 * The first error of each field, by the field's path.
 * @param {any} errors
 * @param {string} path
 * @returns {Record<string, {code: string, message: string}>}
 */
function fieldErrors(errors, path = '') {
  /** @type {Record<string, {code: string, message: string}>} */
  const found = {};
  if (errors === null || typeof errors !== 'object') return found;
  for (const [name, value] of Object.entries(errors)) {
    if (name === '_errors') {
      if (Array.isArray(value) && value[0]) found[path] = {code: String(value[0].code), message: String(value[0].message)};
    } else {
      Object.assign(found, fieldErrors(value, path ? `${path}.${name}` : name));
    }
  }
  return found;
}
