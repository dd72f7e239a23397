import {html} from '../vendor/preact.js';

/** The outlines of all icons, drawn in a square of 24. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  hash: 'M10 4L8 20M16 4l-2 16M4.500 9h16M3.500 15h16',
  thread: 'M5 5h14v10h-8l-4 4v-4H5z',
  people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-6 6.500-6s6.500 2.500 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.500 2.800 3.500 5.500',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  send: 'M4 12l16-8-6 16-2.500-6.500z',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  reply: 'M10 6L4 12l6 6M4 12h10c4 0 6 2 6 6',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1 1.300 2.200 2 3.500 2s2.500-.7 3.500-2M9 9.500v.5M15 9.500v.5',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  invite: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.500 3-6 6.500-6s6.500 2.500 6.500 6M19 8v6M16 11h6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  out: 'M14 5h5v14h-5M10 8l-4 4 4 4M6 12h9',
  down: 'M12 5v14M6 13l6 6 6-6',
  chat: 'M5 5h14v11h-8l-4 4v-4H5z',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.500 8.500l-2 5-5 2 2-5z',
};

/** @typedef {keyof typeof PATHS} IconName */

/** A picture beside words, or in a button that has a name. @param {{name: IconName}} props */
export function Icon({name}) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}

/**
 * A button that shows nothing but a picture.
 * @param {{icon: IconName, label: string, onClick: (event: any) => void, class?: string, pressed?: boolean, expanded?: boolean, disabled?: boolean}} props
 */
export function IconButton({icon, label, onClick, class: more = '', pressed, expanded, disabled}) {
  return html`<button type="button" class="icon-button ${more}" aria-label=${label} title=${label} onClick=${onClick}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)} disabled=${disabled}
    aria-expanded=${expanded === undefined ? undefined : String(expanded)}><${Icon} name=${icon} /></button>`;
}
