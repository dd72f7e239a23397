// Somebody signs in to the demo and uses the commands and the buttons of its bot, which is plain discord.js.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {browser, composer, message, person, say} from '../browser/support.mjs';

const {PARLEY_DEMO_PATH, PARLEY_DEMO_EMAIL, PARLEY_DEMO_PASSWORD} = process.env;

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

test('a command is found, filled in and answered, and so is a button', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await page.goto(PARLEY_DEMO_PATH);
  if (!new URL(page.url()).pathname.startsWith('/login')) await page.goto('/login');
  await page.getByLabel(anna.t('field.email')).fill(PARLEY_DEMO_EMAIL);
  await page.getByLabel(anna.t('field.password')).fill(PARLEY_DEMO_PASSWORD);
  await page.getByRole('button', {name: anna.t('login'), exact: true}).click();
  await page.getByLabel(anna.t('field.password')).waitFor({state: 'detached'});
  await page.goto(PARLEY_DEMO_PATH);
  await composer(anna).waitFor();

  await composer(anna).pressSequentially('/te');
  const found = page.getByRole('listbox', {name: anna.t('commands')}).getByRole('option');
  await found.filter({hasText: 'How a tea is made'}).waitFor();
  assert.equal(await composer(anna).getAttribute('aria-activedescendant'), 'command-0');
  await composer(anna).press('Enter');
  assert.equal(await composer(anna).inputValue(), '/tea ');
  await composer(anna).pressSequentially('green');
  await composer(anna).press('Enter');
  const answer = message(anna, 'Boseong green').last();
  await answer.waitFor();

  await answer.getByRole('button', {name: 'A cup, please'}).click();
  await message(anna, 'Anna takes a cup.').last().waitFor();

  await say(anna, 'some tea, please');
  await message(anna, 'some tea, please').locator('.reaction', {hasText: '🍵'}).waitFor();
  assert.deepEqual(anna.problems, []);
});
