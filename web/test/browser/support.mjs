// What the browser tests share: browsers, people in them, and the words that these see.
import {chromium} from 'playwright-core';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {Translator} from '../../src/i18n/translator.js';

/** Where the system is. */
export const BASE = process.env.PARLEY_URL ?? 'http://localhost:3000';

const DEADLINE = 30_000;
let people = 0;

/** A browser for a file of tests. */
export async function browser() {
  return chromium.launch({executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});
}

/**
 * Somebody at a computer of their own. What goes wrong in the page is kept, and so is every frame of its connection.
 * @param {import('playwright-core').Browser} chromium
 */
export async function person(chromium, {locale = 'en', colorScheme = 'light', viewport = {width: 1280, height: 800}} = {}) {
  const context = await chromium.newContext({locale: locale === 'ko' ? 'ko-KR' : 'en-US', colorScheme, viewport, reducedMotion: 'reduce', baseURL: BASE,
    timezoneId: 'UTC'});
  context.setDefaultTimeout(DEADLINE);
  const page = await context.newPage();
  const problems = [];
  const sent = [];
  const requests = [];
  page.on('pageerror', error => problems.push(error.stack ?? String(error)));
  page.on('console', message => message.type() === 'error' && !/net::ERR_|status of [45]/.test(message.text()) && problems.push(message.text()));
  page.on('websocket', socket => socket.on('framesent', ({payload}) => sent.push(JSON.parse(payload))));
  context.on('request', request => requests.push(request));
  const t = new Translator(() => locale).t;
  return {context, page, problems, sent, requests, t, locale};
}

/** Lets the computer of somebody compute so many times slower than this one does. */
export async function slow({context, page}, times) {
  const devTools = await context.newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', {rate: times});
}

/** Registers somebody on the page that is open, or on the front page. */
export async function register({page, t}, {stem = 'user', name} = {}) {
  const username = `${stem}${process.pid}x${++people}`;
  if (page.url() === 'about:blank') await page.goto('/register');
  await page.getByLabel(t('field.username')).fill(username);
  await page.getByLabel(t('field.email')).fill(`${username}@example.com`);
  await page.getByLabel(t('field.password')).fill('correct horse');
  await page.getByRole('button', {name: t('register'), exact: true}).click();
  await page.getByLabel(t('field.password')).waitFor({state: 'detached'});
  if (name) {
    const token = await tokenOf(page);
    await api('PATCH', '/users/@me', token, {global_name: name});
  }
  return username;
}

/** Makes a guild through the page. */
export async function createGuild({page, t}, name) {
  await page.getByRole('main').getByRole('button', {name: t('guild.add')}).click();
  await page.getByLabel(t('guild.name')).fill(name);
  await page.getByRole('button', {name: t('guild.create'), exact: true}).click();
  await composer({page, t}).waitFor();
}

export function composer({page}) {
  return page.locator('#composer');
}

/** Says something in the channel that is open. */
export async function say(who, text) {
  await composer(who).fill(text);
  await composer(who).press('Enter');
}

/** A message that is there and stored. */
export function message({page}, text) {
  return page.locator('.message:not(.pending)').filter({hasText: text});
}

/** The token that a page signs in with. */
export function tokenOf(page) {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem('parley.tokens') ?? localStorage.getItem('parley.tokens') ?? 'null')?.access_token);
}

/** Calls the API as a bot would. */
export async function api(method, path, token, body) {
  const answer = await fetch(`${BASE}/api/v10${path}`, {
    method,
    headers: {'content-type': 'application/json', ...(token ? {authorization: token} : {})},
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
}

/** Keeps a picture of a page for the documentation, if somebody wants them. */
export async function picture(page, name) {
  const folder = process.env.PARLEY_PICTURES;
  if (!folder) return;
  await mkdir(folder, {recursive: true});
  await page.screenshot({path: join(folder, `${name}.png`)});
}

/** The ids in the address of the channel that is open. */
export function placeOf(page) {
  const [, guildId, channelId] = /\/channels\/([^/]+)\/(\d+)/.exec(page.url());
  return {guildId, channelId};
}
