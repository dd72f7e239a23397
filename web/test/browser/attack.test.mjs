// What somebody with bad intentions sends, and what a stranger's page could try: none of it runs, and no token gets out.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
import {api, BASE, browser, composer, createGuild, message, person, placeOf, register, tokenOf} from './support.mjs';

/** Texts that would run somewhere if they became markup. */
const HOSTILE = [
  '<script>window.hit = 1</script>',
  '<img src=x onerror="window.hit = 1">',
  '<svg/onload=window.hit=1>',
  '"><iframe srcdoc="<script>parent.hit=1</script>">',
  "javascript:window.hit=1",
  '[click](javascript:window.hit=1)',
  '<javascript:window.hit=1>',
  'https://example.com/"onmouseover="window.hit=1',
  'https://user:password@example.com/',
  '**<b onclick=window.hit=1>**__<a href="javascript:window.hit=1">x</a>__',
  '```<script>window.hit=1</script>```||<img src=x onerror=window.hit=1>||',
  '<t:9999999999999> <t:-9999999999999:R> <@999999999999999999> <#999999999999999999> <@&999999999999999999>',
  '{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=window.hit=1>"}}}',
  '${window.hit=1} {{window.hit=1}} #{window.hit=1}',
  '*'.repeat(900) + '_'.repeat(900),
  '\u202e\u2066gpj.exe\u0007\ufeff',
];

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

test('what others wrote is text everywhere', {timeout: 180_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await register(anna, {name: HOSTILE[1].slice(0, 32)});
  await createGuild(anna, '<img src=x onerror=window.hit=1>');
  const {guildId, channelId} = placeOf(page);
  const token = await tokenOf(page);
  await api('PATCH', `/channels/${channelId}`, token, {topic: HOSTILE[2], name: '<svg onload=hit=1>'}).catch(() => api('PATCH', `/channels/${channelId}`, token, {topic: HOSTILE[2]}));
  for (const content of HOSTILE) {
    await api('POST', `/channels/${channelId}/messages`, token, {content, enforce_nonce: false});
  }
  await api('POST', `/channels/${channelId}/messages`, token, {content: 'with an embed', embeds: [
    {title: HOSTILE[1], description: HOSTILE[0], url: 'https://example.com/', fields: [{name: HOSTILE[2], value: HOSTILE[3]}], footer: {text: HOSTILE[1]},
      image: {url: 'https://tracker.example.com/pixel.png'}, author: {name: HOSTILE[0]}}]});
  await api('POST', `/guilds/${guildId}/channels`, token, {name: HOSTILE[1].slice(0, 100), type: 0}).catch(() => {});
  anna.requests.length = 0;
  await page.reload();
  await message(anna, 'with an embed').waitFor();
  for (const text of [HOSTILE[0], HOSTILE[1], HOSTILE[2]]) await message(anna, text).first().waitFor();

  await t.test('nothing ran, and no element was made of it', async () => {
    await page.getByRole('searchbox').fill('script');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('.search h2', {hasText: /\d/}).waitFor();
    await page.getByRole('button', {name: anna.t('invite.people')}).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.locator('#app script, #app iframe, #app [onerror], #app [onload], #app [onclick], #app img[src="x"]').count(), 0);
  });

  await t.test('a link leads to the web only, and tells nothing of where it was', async () => {
    const links = await page.locator('.messages a').evaluateAll(all => all.map(one => ({href: one.href, rel: one.rel, target: one.target})));
    assert.ok(links.length > 0);
    for (const link of links) {
      assert.match(link.href, /^https?:\/\//);
      assert.doesNotMatch(link.href, /@/);
      if (link.target) assert.match(link.rel, /noopener noreferrer/);
    }
  });

  await t.test('a picture of elsewhere is not asked for', () => {
    assert.deepEqual(anna.requests.map(one => one.url()).filter(url => url.includes('tracker.example.com')), []);
  });
  assert.deepEqual(anna.problems, []);
});

test('an upload is no page of this origin', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await register(anna);
  await createGuild(anna, 'Files');
  const page_ = '<!doctype html><script>document.title = "ran"; opener && (opener.hit = 1)</script>';
  const files = [
    {name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(page_)},
    {name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>opener.hit=1</script></svg>')},
    {name: 'picture.png', mimeType: 'text/html', buffer: Buffer.from(page_)},
    {name: 'liar.png', mimeType: 'image/png', buffer: Buffer.from(page_)},
    {name: 'page.xhtml', mimeType: 'application/xhtml+xml', buffer: Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><script>opener.hit=1</script></html>`)},
    {name: '"><img src=x onerror=hit=1>.txt', mimeType: 'text/plain', buffer: Buffer.from('text')},
  ];
  await page.locator('input[type="file"]').setInputFiles(files);
  await composer(anna).fill('look');
  await composer(anna).press('Enter');
  await message(anna, 'look').locator('a.file, .picture').nth(files.length - 1).waitFor();
  const sent = (await api('GET', `/channels/${placeOf(page).channelId}/messages?limit=1`, await tokenOf(page)))[0].attachments;
  assert.equal(sent.length, files.length);
  for (const file of sent) {
    const answer = await fetch(file.url);
    assert.equal(answer.status, 200);
    const type = answer.headers.get('content-type') ?? '';
    const disposition = answer.headers.get('content-disposition') ?? '';
    const safe = /^(text\/plain|image\/(png|jpeg|gif|webp)|application\/octet-stream)/.test(type);
    assert.ok(disposition.startsWith('attachment') || safe, `${file.filename} comes as ${type}, ${disposition}`);
    assert.notEqual(new URL(answer.url).origin, BASE, 'the bytes come from another origin than the client');
  }
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator('#app img[src="x"]').count(), 0);
});

test('a token goes to the API and the gateway only, and in no address', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  await register(anna);
  await createGuild(anna, 'Secrets');
  const elsewhere = createServer((request, response) => {
    heard.push(request.headers);
    response.end('<!doctype html><title>elsewhere</title>');
  });
  const heard = [];
  await new Promise(done => elsewhere.listen(0, '127.0.0.1', done));
  t.after(() => elsewhere.close());
  const address = `http://127.0.0.1:${elsewhere.address().port}/page`;
  await composer(anna).fill(address);
  await composer(anna).press('Enter');
  const [opened] = await Promise.all([anna.context.waitForEvent('page'), message(anna, address).locator('a').click()]);
  await opened.waitForLoadState();
  const secrets = await page.evaluate(() => Object.values(JSON.parse(sessionStorage.getItem('parley.tokens'))).filter(one => typeof one === 'string'));
  assert.equal(secrets.length, 2);

  assert.equal(await opened.evaluate(() => document.referrer), '');
  assert.equal(await opened.evaluate(() => window.opener), null);
  assert.equal(await opened.evaluate(() => sessionStorage.length + localStorage.length), 0);
  assert.ok(heard.length > 0);
  for (const headers of heard) assert.ok(!JSON.stringify(headers).includes(BASE) && !headers.authorization, JSON.stringify(headers));
  for (const request of anna.requests) {
    assert.ok(!secrets.some(secret => request.url().includes(secret) || request.url().includes(encodeURIComponent(secret))), request.url());
    const headers = await request.allHeaders().catch(() => ({}));
    if (headers.authorization) assert.ok(request.url().startsWith(`${BASE}/api/`), request.url());
  }
  assert.equal(await page.evaluate(() => localStorage.getItem('parley.tokens')), null, 'nobody asked to stay signed in');
  assert.deepEqual(await page.context().cookies(), [], 'there is no cookie that a stranger’s page could have sent along');

  await page.getByRole('button', {name: anna.t('settings')}).click();
  await page.getByRole('button', {name: anna.t('sign_out')}).click();
  await page.getByRole('button', {name: anna.t('login'), exact: true}).first().waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  const refused = await fetch(`${BASE}/api/v10/users/@me`, {headers: {authorization: secrets[0]}});
  assert.equal(refused.status, 401, 'signing out ends the token');
});

test('no address of this site leads elsewhere, and no other site can frame it', {timeout: 120_000}, async t => {
  const anna = await person(chromium);
  t.after(() => anna.context.close());
  const {page} = anna;
  for (const path of ['/login?next=https://example.com', '/login#https://example.com', '/login?redirect=//example.com', '/invite/AAAA?return_to=https://example.com']) {
    await page.goto(path);
    await page.locator('.front-card').waitFor();
    if (path.startsWith('/login?next')) await page.getByRole('button', {name: anna.t('register'), exact: true}).click();
    if (path.startsWith('/login?next')) await register(anna);
    assert.equal(new URL(page.url()).origin, BASE);
    await page.evaluate(() => sessionStorage.clear());
  }
  for (const path of ['//example.com', '/\\example.com', '/%2f%2fexample.com', '/invite/..%2f..%2fx', '/channels/@me/../../x', '/client/../../pom.xml', '/client/..%2f..%2fpom.xml', '/client/.git/config']) {
    const answer = await fetch(BASE + path, {redirect: 'manual'});
    assert.ok(answer.status < 300 || answer.status >= 400, `${path} answers ${answer.status}`);
    assert.equal(answer.headers.get('location'), null);
    assert.ok(!(await answer.text()).includes('<project'), path);
  }
  const {headers} = await fetch(`${BASE}/`);
  const policy = headers.get('content-security-policy');
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /script-src 'self';/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe|\*|data:/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal(headers.get('x-frame-options'), 'DENY');

  await page.goto('/login');
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    let refused = false;
    try {
      script.textContent = 'window.hit = 1';
    } catch {
      refused = true;
    }
    document.body.append(script);
    // Later, on the page's own account: what a debugger evaluates itself is let through.
    const evaluated = await new Promise(done => setTimeout(() => {
      try {
        new Function('window.hit = 2')();
        done(true);
      } catch {
        done(false);
      }
    }));
    return {hit: window.hit, refused, evaluated};
  });
  assert.deepEqual(ran, {hit: undefined, refused: true, evaluated: false}, 'neither an inline script nor eval runs');
});

test('another site can do nothing in somebody’s name', async () => {
  // Given a page elsewhere, whose requests carry no token: there is no cookie that could go with them.
  for (const [method, path] of [['POST', '/guilds'], ['PATCH', '/users/@me'], ['POST', '/users/@me/delete'], ['GET', '/users/@me']]) {
    const answer = await fetch(`${BASE}/api/v10${path}`, {method, headers: {'content-type': 'text/plain', origin: 'https://evil.example.com'}, body: method === 'GET' ? undefined : '{}'});
    assert.equal(answer.status, 401, `${method} ${path}`);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
});
