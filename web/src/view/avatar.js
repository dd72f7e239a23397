import {html} from '../vendor/preact.js';

const HUES = 8;

/** Somebody's picture, or the first letter of the name in a colour of their own. @param {{user: any, size?: 'small'}} props */
export function Avatar({user, size}) {
  const name = user?.global_name ?? user?.username ?? '?';
  const hue = Number(BigInt(user?.id ?? 0) >> 22n) % HUES;
  const look = `avatar hue-${Math.abs(hue)} ${size ?? ''}`;
  if (user?.avatar && /^[a-z0-9_]+$/i.test(user.avatar)) {
    return html`<img class=${look} src="/avatars/${user.id}/${user.avatar}.png" alt="" loading="lazy" />`;
  }
  return html`<span class=${look} aria-hidden="true">${[...name][0]?.toUpperCase()}</span>`;
}

/** @param {{name: string, id: string, icon: string | null}} props */
export function GuildIcon({name, id, icon}) {
  if (icon && /^[a-z0-9_]+$/i.test(icon)) return html`<img class="guild-icon" src="/icons/${id}/${icon}.png" alt="" />`;
  const initials = name.split(/\s+/).map(word => [...word][0] ?? '').slice(0, 2).join('');
  return html`<span class="guild-icon" aria-hidden="true">${initials}</span>`;
}
