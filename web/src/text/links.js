/**
 * An address that a link may lead to: http or https, nothing that a browser would run.
 * @param {unknown} text
 * @returns {string | null}
 */
export function webAddress(text) {
  if (typeof text !== 'string') return null;
  try {
    const url = new URL(text);
    return (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * The code of an invite that somebody typed: alone, or as the link with it.
 * @param {string} text
 * @returns {string | null}
 */
export function inviteCode(text) {
  const match = /^(?:https?:\/\/[^/\s]+\/(?:invite\/)?)?([A-Za-z0-9-]{2,64})\/?$/.exec(text.trim());
  return match ? match[1] : null;
}
