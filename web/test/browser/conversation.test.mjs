// Two people in two browsers, one in English and one in Korean: register, invite, talk, edit, react, upload, lose the network,
// resume, search.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {browser, composer, createGuild, message, person, picture, placeOf, register, say} from './support.mjs';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAE0lEQVR4nGNg0LWHIwYGBlwcACMcA1iPRTH/AAAAAElFTkSuQmCC', 'base64');

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

for (const [first, second] of [['en', 'ko'], ['ko', 'en']]) {
  test(`two people talk, one in ${first} and one in ${second}`, {timeout: 240_000}, async t => {
    const anna = await person(chromium, {locale: first});
    const bora = await person(chromium, {locale: second, colorScheme: 'dark'});
    t.after(() => Promise.all([anna.context.close(), bora.context.close()]));

    await t.test('one registers, makes a guild and invites the other by link', async () => {
      await register(anna, {stem: 'anna', name: 'Anna'});
      await createGuild(anna, 'Tea house');
      await anna.page.getByRole('button', {name: anna.t('invite.people')}).click();
      const field = anna.page.getByRole('dialog').getByLabel(anna.t('invite.link'));
      await anna.page.waitForFunction(() => document.querySelector('#invite-link')?.value.startsWith('http'));
      const link = await field.inputValue();
      await anna.page.keyboard.press('Escape');
      await bora.page.goto(link);
      await bora.page.getByText('Tea house').waitFor();
      await register(bora, {stem: 'bora', name: '보라'});
      await bora.page.getByRole('button', {name: bora.t('invite.join')}).click();
      await composer(bora).waitFor();
      await anna.page.getByText(anna.t('message.joined', {name: ''}).trim().slice(-6)).first().waitFor();
    });

    await t.test('they hear each other, and see each other type', async () => {
      await say(anna, 'good morning');
      await message(bora, 'good morning').waitFor();
      await composer(bora).pressSequentially('안녕');
      await anna.page.locator('.typing', {hasText: '보라'}).waitFor();
      await say(bora, '안녕하세요 Anna');
      await message(anna, '안녕하세요 Anna').waitFor();
      await anna.page.locator('.person.online', {hasText: '보라'}).waitFor();
    });

    await t.test('a change is seen', async () => {
      await composer(anna).press('ArrowUp');
      const editor = anna.page.locator('.editor textarea');
      await editor.fill('good morning, all');
      await editor.press('Enter');
      await message(bora, 'good morning, all').getByText(bora.t('message.edited')).waitFor();
    });

    await t.test('an answer and a reaction are seen', async () => {
      await message(bora, 'good morning, all').hover();
      await message(bora, 'good morning, all').getByRole('button', {name: bora.t('reply'), exact: true}).click();
      await say(bora, '답장입니다');
      await message(anna, '답장입니다').locator('.quoted', {hasText: 'good morning, all'}).waitFor();
      await message(anna, '답장입니다').hover();
      await message(anna, '답장입니다').getByRole('button', {name: anna.t('reaction.add')}).first().click();
      await anna.page.getByRole('dialog').getByRole('button', {name: '🎉'}).click();
      const reaction = message(bora, '답장입니다').locator('.reaction', {hasText: '🎉'});
      await reaction.waitFor();
      assert.equal(await reaction.getAttribute('aria-pressed'), 'false');
      await reaction.click();
      await message(anna, '답장입니다').locator('.reaction', {hasText: '2'}).waitFor();
    });

    await t.test('a file is sent, and shown as a picture', async () => {
      await anna.page.locator('input[type="file"]').setInputFiles({name: 'leaf.png', mimeType: 'image/png', buffer: PICTURE});
      await anna.page.locator('.chosen-files .preview').waitFor();
      await say(anna, 'a picture');
      const shown = message(bora, 'a picture').locator('.picture img');
      await shown.waitFor();
      await bora.page.waitForFunction(image => image.complete && image.naturalWidth === 4, await shown.elementHandle());
    });

    await t.test('a file that is too large for a request goes to the store itself, without the token', async () => {
      const outside = request => request.method() === 'PUT' && new URL(request.url()).origin !== new URL(anna.page.url()).origin;
      const uploading = anna.page.waitForRequest(outside);
      const log = {name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.alloc(6_000_000, 'tea ')};
      await anna.page.locator('input[type="file"]').setInputFiles(log);
      await say(anna, 'a long log');
      assert.equal((await uploading).headers().authorization, undefined);
      const link = message(bora, 'a long log').locator('a.file');
      await link.waitFor();
      const file = await fetch(await link.getAttribute('href'));
      assert.equal((await file.arrayBuffer()).byteLength, 6_000_000);
    });

    await t.test('a mention in another channel is counted until it is read', async () => {
      await anna.page.getByRole('button', {name: anna.t('channel.create')}).click();
      await anna.page.getByRole('dialog').getByLabel(anna.t('channel.name')).fill('plans');
      await anna.page.getByRole('dialog').getByRole('button', {name: anna.t('channel.create')}).click();
      await anna.page.getByRole('heading', {level: 1, name: 'plans'}).waitFor();
      await say(anna, 'who comes along? @everyone');
      const entry = bora.page.locator('.channels .channel', {hasText: 'plans'});
      await entry.locator('.badge', {hasText: '1'}).waitFor();
      await bora.page.locator('.rail .badge', {hasText: '1'}).waitFor();
      await entry.click();
      await message(bora, 'who comes along?').waitFor();
      await entry.locator('.badge').waitFor({state: 'detached'});
    });

    await t.test('what was said while the network was gone comes after it, once and in order', async () => {
      await bora.context.setOffline(true);
      await bora.page.locator('.banner[data-status="offline"]').waitFor();
      await picture(bora.page, `offline-${bora.locale}`);
      for (const text of ['missed one', 'missed two', 'missed three']) {
        await say(anna, text);
        await message(anna, text).waitFor();
      }
      assert.equal(await message(bora, 'missed').count(), 0);
      bora.sent.length = 0;
      await bora.context.setOffline(false);
      await message(bora, 'missed three').waitFor();
      await bora.page.locator('.banner').waitFor({state: 'detached'});
      const texts = await bora.page.locator('.message .content').allTextContents();
      assert.deepEqual(texts.filter(one => one.startsWith('missed')), ['missed one', 'missed two', 'missed three']);
      assert.ok(bora.sent.some(frame => frame.op === 6), 'the session is resumed');
      assert.ok(!bora.sent.some(frame => frame.op === 2), 'and not begun anew');
    });

    await t.test('what is written without a network is sent once when it is back', async () => {
      await bora.context.setOffline(true);
      await say(bora, 'written offline');
      await bora.page.locator('.message.pending', {hasText: 'written offline'}).waitFor();
      await bora.context.setOffline(false);
      const retry = bora.page.getByRole('button', {name: bora.t('retry')});
      await Promise.race([message(bora, 'written offline').waitFor(), retry.waitFor().then(() => retry.click())]);
      await message(anna, 'written offline').waitFor();
      assert.equal(await message(anna, 'written offline').count(), 1);
    });

    await t.test('a search leads to the message', async () => {
      await anna.page.getByRole('searchbox').fill('morning');
      await anna.page.getByRole('searchbox').press('Enter');
      const result = anna.page.locator('.result', {hasText: 'good morning, all'});
      await result.waitFor();
      await picture(anna.page, `search-${anna.locale}`);
      await result.click();
      await anna.page.locator('.message.highlighted', {hasText: 'good morning, all'}).waitFor();
    });

    await t.test('a reload shows the same, and nobody has to sign in again', async () => {
      await anna.page.getByRole('button', {name: anna.t('search.close')}).click();
      const {channelId} = placeOf(anna.page);
      await anna.page.reload();
      await message(anna, 'a picture').waitFor();
      assert.equal(placeOf(anna.page).channelId, channelId);
    });

    assert.deepEqual([...anna.problems, ...bora.problems], []);
  });
}

test('history is read as far as one scrolls', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  await register(anna);
  await createGuild(anna, 'Archive');
  await anna.page.evaluate(async () => {
    const {access_token: token} = JSON.parse(sessionStorage.getItem('parley.tokens'));
    const channel = location.pathname.split('/').pop();
    for (let i = 0; i < 120; i++) {
      const send = () => fetch(`/api/v10/channels/${channel}/messages`, {method: 'POST', headers: {authorization: token, 'content-type': 'application/json'},
        body: JSON.stringify({content: `line ${i}`})});
      for (let answer = await send(); answer.status === 429; answer = await send()) {
        await new Promise(done => setTimeout(done, Number(answer.headers.get('retry-after')) * 1000));
      }
    }
  });
  await anna.page.reload();
  await message(anna, 'line 119').waitFor();
  assert.equal(await message(anna, /^.*line 3\b/).count(), 0);
  const first = message(anna, /line 0\b/);
  for (let tries = 0; tries < 40 && !(await first.count()); tries++) {
    await anna.page.locator('.messages').hover();
    await anna.page.mouse.wheel(0, -2000);
    await anna.page.waitForTimeout(50);
  }
  await first.waitFor();
  const texts = await anna.page.locator('.message .content').allTextContents();
  assert.deepEqual(texts, Array.from({length: 120}, (_, i) => `line ${i}`), 'in order, without a gap');
  assert.deepEqual(anna.problems, []);
});
