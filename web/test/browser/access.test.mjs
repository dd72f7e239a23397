// Every view in both themes and both languages, looked through by axe; and what is done with the keyboard alone.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {AxeBuilder} from '@axe-core/playwright';
import {api, browser, composer, createGuild, message, person, picture, placeOf, register, say, slow, tokenOf} from './support.mjs';

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

/** Fails with what axe finds. */
async function accessible(page, view) {
  const {violations} = await new AxeBuilder({page}).analyze();
  assert.deepEqual(violations.map(one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`), [], view);
}

for (const [locale, colorScheme] of [['en', 'light'], ['ko', 'dark']]) {
  test(`axe finds nothing in the views, ${locale} and ${colorScheme}`, {timeout: 180_000}, async t => {
    const anna = await person(chromium, {locale, colorScheme});
    t.after(() => anna.context.close());
    const {page} = anna;
    const words = anna.t;
    const look = async view => {
      await accessible(page, `${view}, ${locale}, ${colorScheme}`);
      await picture(page, `${view}-${locale}-${colorScheme}`);
    };

    await page.goto('/register');
    await page.getByLabel(words('field.email')).waitFor();
    await look('register');
    await page.getByRole('button', {name: words('register'), exact: true}).click();
    await page.locator('.problem').first().waitFor();
    await look('refused');
    await register(anna, {stem: 'anna', name: locale === 'ko' ? '안나' : 'Anna'});
    await page.getByRole('heading', {name: words('home.welcome')}).waitFor();
    await look('welcome');
    await createGuild(anna, locale === 'ko' ? '찻집' : 'Tea house');
    const {guildId, channelId} = placeOf(page);
    const token = await tokenOf(page);
    await api('PATCH', `/channels/${channelId}`, token, {topic: 'Leaves, cups and kettles'});
    await api('POST', `/guilds/${guildId}/channels`, token, {name: 'plans', type: 0});
    const bora = await neighbour(token, channelId);
    await say(anna, 'hello **world**, see https://example.com, `code`, ||hidden|| and <@' + bora.id + '>');
    await say(anna, '> a quote\n```\na block\n```');
    await api('POST', `/channels/${channelId}/messages`, bora.token, {content: `@everyone tea is ready`, embeds: [
      {title: 'Green tea', url: 'https://example.com/', description: 'from **Boseong**', fields: [{name: 'Water', value: '70 °C', inline: true}], footer: {text: 'spring'}}]});
    await message(anna, 'tea is ready').waitFor();
    await page.locator('input[type="file"]').setInputFiles({name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes')});
    await say(anna, 'the list');
    await message(anna, 'the list').locator('a.file').waitFor();
    await message(anna, 'tea is ready').hover();
    await message(anna, 'tea is ready').getByRole('button', {name: words('reaction.add')}).first().click();
    await look('reactions');
    await page.getByRole('dialog').getByRole('button', {name: '👍'}).click();
    await message(anna, 'tea is ready').locator('.reaction').first().waitFor();
    await message(anna, 'tea is ready').hover();
    await message(anna, 'tea is ready').getByRole('button', {name: words('reply'), exact: true}).click();
    await page.locator('.replying-to').waitFor();
    await look('channel');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('tea');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('.result').first().waitFor();
    await look('search');
    await page.getByRole('button', {name: words('search.close')}).click();
    for (const [button, view] of [['invite.people', 'invite'], ['channel.create', 'new-channel'], ['guild.add', 'add-guild']]) {
      await page.getByRole('button', {name: words(button)}).first().click();
      await page.getByRole('dialog').waitFor();
      await look(view);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({state: 'detached'});
    }
    await page.getByRole('button', {name: words('settings')}).click();
    await page.getByRole('heading', {level: 1, name: words('settings')}).waitFor();
    await look('settings');
    await page.goBack();
    await page.setViewportSize({width: 390, height: 780});
    await composer(anna).waitFor();
    await look('small');
    await page.getByRole('button', {name: words('channels'), exact: true}).first().click();
    await page.locator('.drawer-channels').waitFor();
    await look('small-channels');
    assert.deepEqual(anna.problems, []);
  });
}

/** Somebody else in the guild, without a browser. */
async function neighbour(token, channelId) {
  const name = `bora${process.pid}y${Math.floor(performance.now())}`;
  const {id, tokens} = await api('POST', '/auth/register', null, {username: name, email: `${name}@example.com`, password: 'correct horse'});
  const {code} = await api('POST', `/channels/${channelId}/invites`, token, {});
  await api('POST', `/invites/${code}`, tokens.access_token, {});
  return {id, token: tokens.access_token};
}

test('whoever types at once is understood, on a slow computer too', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await register(anna);
  await createGuild(anna, 'Haste');
  const {guildId} = placeOf(page);
  await api('POST', `/guilds/${guildId}/channels`, await tokenOf(page), {name: 'second', type: 0});
  await page.locator('.channel', {hasText: 'second'}).waitFor();
  await slow(anna, 20);

  for (const [query, name] of [['secon', 'second'], ['gener', 'general'], ['secon', 'second'], ['gener', 'general']]) {
    // Keys follow each other before the page has been painted again
    for (const key of ['Control+k', ...query, 'Enter']) await page.keyboard.press(key);
    await page.getByRole('heading', {level: 1, name}).waitFor();
    await page.getByRole('dialog').waitFor({state: 'detached'});
  }
  assert.equal(await composer(anna).inputValue(), '');
  assert.deepEqual(anna.problems, []);
});

test('everything is there with the keyboard alone', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await register(anna);
  await createGuild(anna, 'Keys');
  const {guildId} = placeOf(page);
  await api('POST', `/guilds/${guildId}/channels`, await tokenOf(page), {name: 'second', type: 0});
  await page.locator('.channel', {hasText: 'second'}).waitFor();

  await t.test('channels are gone through, and found by name', async () => {
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', {level: 1, name: 'second'}).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('gene');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {level: 1, name: 'general'}).waitFor();
  });

  await t.test('a message is written, reached and changed', async () => {
    await composer(anna).focus();
    await page.keyboard.type('first');
    await page.keyboard.press('Enter');
    await message(anna, 'first').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('.editor textarea:focus').waitFor();
    await page.keyboard.type(' and changed');
    await page.keyboard.press('Enter');
    await message(anna, 'first and changed').waitFor();
    await message(anna, 'first and changed').focus();
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(name, anna.t('reaction.add'));
  });

  await t.test('a dialog gives the focus back', async () => {
    await composer(anna).focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({state: 'detached'});
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'composer');
  });

  await t.test('a screen reader hears who says what', async () => {
    const bora = await neighbour(await tokenOf(page), placeOf(page).channelId);
    await api('POST', `/channels/${placeOf(page).channelId}/messages`, bora.token, {content: 'read me out'});
    await page.locator('[aria-live="polite"]', {hasText: 'read me out'}).waitFor({state: 'attached'});
  });
  assert.deepEqual(anna.problems, []);
});
