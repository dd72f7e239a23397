import {ApiError} from './api-error.js';

const STALLED_MILLISECONDS = 60_000;

/**
 * Sends a message with files and tells how far it is. fetch tells nothing of what goes out, so this is an XMLHttpRequest.
 *
 * @param {object} message
 * @param {string} message.channelId
 * @param {string} message.token
 * @param {Record<string, unknown>} message.payload
 * @param {File[]} message.files at most ten
 * @param {(share: number) => void} message.progress 0 to 1
 * @param {AbortSignal} message.signal ends it
 * @returns {Promise<any>} the message
 */
export function sendWithFiles({channelId, token, payload, files, progress, signal}) {
  const form = new FormData();
  form.append('payload_json', JSON.stringify({
    ...payload,
    attachments: files.map((file, id) => ({id, filename: file.name})),
  }));
  files.forEach((file, id) => form.append(`files[${id}]`, file, file.name));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v10/channels/${channelId}/messages`);
    request.setRequestHeader('authorization', token);
    let heard = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - heard > STALLED_MILLISECONDS) request.abort();
    }, 1000);
    request.upload.onprogress = event => {
      heard = performance.now();
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onloadend = () => {
      clearInterval(watch);
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // An answer that is no JSON has no more to say than its status.
      }
      if (request.status === 200) resolve(body);
      else reject(new ApiError(request.status, body, request.getResponseHeader('apigw-requestid')));
    };
    signal.addEventListener('abort', () => request.abort(), {once: true});
    request.send(form);
  });
}
