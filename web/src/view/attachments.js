import {html, useEffect, useState} from '../vendor/preact.js';
import {webAddress} from '../text/links.js';
import {useClient} from './context.js';
import {Icon, IconButton} from './icons.js';

const PICTURES = /^image\/(png|jpeg|gif|webp|avif)$/;
const WIDEST = 420;
const HIGHEST = 320;

/** The files of a message: those that are there, or those that are under way. @param {{message: any}} props */
export function Attachments({message}) {
  if (message.files?.length) return html`<${Underway} message=${message} />`;
  return message.attachments.length > 0 && html`<div class="attachments">
    ${message.attachments.map((/** @type {any} */ file) => html`<${Attachment} key=${file.id} file=${file} />`)}</div>`;
}

/** @param {{file: any}} props */
function Attachment({file}) {
  const {t, translator} = useClient();
  const href = webAddress(file.url);
  if (!href) return null;
  const type = String(file.content_type ?? '').split(';')[0];
  const title = `${file.filename}, ${translator.size(file.size)}`;
  if (PICTURES.test(type) && file.width && file.height) {
    const scale = Math.min(1, WIDEST / file.width, HIGHEST / file.height);
    return html`<a class="picture" href=${href} target="_blank" rel="noopener noreferrer" title=${title}>
      <img src=${href} alt=${file.description ?? file.filename} loading="lazy" width=${Math.round(file.width * scale)} height=${Math.round(file.height * scale)} /></a>`;
  }
  if (/^video\/(mp4|webm)$/.test(type)) return html`<video src=${href} controls preload="none" aria-label=${file.filename}></video>`;
  if (/^audio\/(mpeg|ogg|wav|mp4)$/.test(type)) return html`<audio src=${href} controls preload="none" aria-label=${file.filename}></audio>`;
  return html`<a class="file" href=${href} target="_blank" rel="noopener noreferrer" download=${file.filename}>
    <${Icon} name="file" /><span class="name">${file.filename}</span><span class="hint">${translator.size(file.size)}</span>
    <span class="hidden">${t('file.download')}</span></a>`;
}

/** @param {{message: any}} props */
function Underway({message}) {
  const client = useClient();
  const {t, translator} = client;
  const percent = Math.round((message.progress ?? 0) * 100);
  return html`<div class="attachments">${message.files.map((/** @type {File} */ file) => html`<div class="file">
      <${Preview} file=${file} /><span class="name">${file.name}</span><span class="hint">${translator.size(file.size)}</span></div>`)}
    ${message.progress !== null && html`<div class="uploading"><progress max="100" value=${percent} aria-label=${t('upload.progress')}>${percent} %</progress>
      <span class="hint">${percent} %</span>
      <${IconButton} icon="close" label=${t('upload.cancel')} onClick=${() => client.messages.discard(message)} /></div>`}</div>`;
}

/** A small picture of a file that is still here; of no other kind than browsers show as pictures only. @param {{file: File}} props */
export function Preview({file}) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (!PICTURES.test(file.type)) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address ? html`<img class="preview" src=${address} alt="" />` : html`<${Icon} name="file" />`;
}
