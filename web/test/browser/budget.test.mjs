// How much the client sends over the wire, and how soon something is seen.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {browser, composer, createGuild, person, register} from './support.mjs';

const MOST_BYTES = 150_000;

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

test('the whole client is less than 150 KB over the wire', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page, requests} = anna;
  await page.goto('/register');
  await page.getByLabel(anna.t('field.email')).waitFor();
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  await register(anna);
  await createGuild(anna, 'Small');
  await composer(anna).waitFor();

  let bytes = 0;
  let files = 0;
  for (const request of requests) {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/api/')) continue;
    const sizes = await request.sizes();
    bytes += sizes.responseBodySize + sizes.responseHeadersSize;
    files += 1;
  }
  console.log(`client: ${bytes} bytes over the wire in ${files} files, headers included; first paint after ${Math.round(paint)} ms`);
  assert.ok(files > 10, 'the files of the client were counted');
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
  assert.ok(requests.every(request => new URL(request.url()).host === new URL(page.url()).host), 'nothing comes from elsewhere');
});
