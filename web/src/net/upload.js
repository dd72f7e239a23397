import {ApiError} from './api-error.js';

const STALLED_MILLISECONDS = 60_000;

/**
 * Bytes that go in one request with their message. Lambda takes 6 MB, in which they are a third longer ("Lambda quotas"); more
 * goes to the store of the files directly, as with Discord's own clients.
 */
export const MOST_IN_REQUEST = 4 * 1024 * 1024;

/**
 * Sends a message with files and tells how far it is.
 *
 * @param {object} message
 * @param {string} message.channelId
 * @param {import('./rest.js').Rest} message.rest
 * @param {string} message.token
 * @param {Record<string, unknown>} message.payload
 * @param {File[]} message.files at most ten
 * @param {(share: number) => void} message.progress 0 to 1
 * @param {AbortSignal} message.signal ends it
 * @returns {Promise<any>} the message
 */
export function sendWithFiles(message) {
  return sum(message.files) > MOST_IN_REQUEST ? sendAfterFiles(message) : sendTogether(message);
}

/** @param {Parameters<typeof sendWithFiles>[0]} message */
async function sendTogether({channelId, token, payload, files, progress, signal}) {
  const form = new FormData();
  form.append('payload_json', JSON.stringify({
    ...payload,
    attachments: files.map((file, id) => ({id, filename: file.name})),
  }));
  files.forEach((file, id) => form.append(`files[${id}]`, file, file.name));
  const answer = await transfer({
    method: 'POST',
    url: `/api/v10/channels/${channelId}/messages`,
    token,
    body: form,
    progress: (loaded, total) => progress(loaded / total),
    signal,
  });
  if (answer.status === 200) return answer.body;
  throw new ApiError(answer.status, answer.body, answer.requestId);
}

/** @param {Parameters<typeof sendWithFiles>[0]} message */
async function sendAfterFiles({channelId, rest, payload, files, progress, signal}) {
  const prepared = await rest.post(`/channels/${channelId}/attachments`, {
    files: files.map((file, id) => ({id, filename: file.name, file_size: file.size})),
  });
  const all = sum(files);
  let before = 0;
  for (const [index, file] of files.entries()) {
    const answer = await transfer({
      method: 'PUT',
      url: prepared.attachments[index].upload_url,
      token: null,
      body: file,
      progress: loaded => progress((before + Math.min(loaded, file.size)) / all),
      signal,
    });
    // The store's own words are XML, and for its operator.
    if (answer.status !== 200) throw new ApiError(answer.status, null);
    before += file.size;
  }
  signal.throwIfAborted();
  return rest.post(`/channels/${channelId}/messages`, {
    ...payload,
    attachments: files.map((file, id) => ({
      id, filename: file.name, uploaded_filename: prepared.attachments[id].upload_filename,
    })),
  });
}

/** @param {File[]} files */
function sum(files) {
  return files.reduce((bytes, file) => bytes + file.size, 0);
}

/**
 * One request that tells how far it is. fetch tells nothing of what goes out, so this is an XMLHttpRequest.
 *
 * @param {object} request
 * @param {string} request.method
 * @param {string} request.url
 * @param {string | null} request.token for the API; the store of the files must never see it
 * @param {FormData | File} request.body
 * @param {(loaded: number, total: number) => void} request.progress in bytes
 * @param {AbortSignal} request.signal
 * @returns {Promise<{status: number, body: any, requestId: string | null}>} status 0 if there was no answer
 */
function transfer({method, url, token, body, progress, signal}) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    request.open(method, url);
    if (token) request.setRequestHeader('authorization', token);
    let heard = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - heard > STALLED_MILLISECONDS) request.abort();
    }, 1000);
    request.upload.onprogress = event => {
      heard = performance.now();
      if (event.lengthComputable) progress(event.loaded, event.total);
    };
    request.onloadend = () => {
      clearInterval(watch);
      let parsed = null;
      try {
        parsed = JSON.parse(request.responseText);
      } catch {
        // An answer that is no JSON has no more to say than its status.
      }
      resolve({
        status: request.status,
        body: parsed,
        requestId: token ? request.getResponseHeader('apigw-requestid') : null,
      });
    };
    signal.addEventListener('abort', () => request.abort(), {once: true});
    request.send(body);
  });
}
