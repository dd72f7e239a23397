// The operator's console: it plots what the system does, names what fires, and reads well.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {AxeBuilder} from '@axe-core/playwright';
import {api, browser, createGuild, message, person, picture, placeOf, register, say, tokenOf} from './support.mjs';
import {CONSOLE_CATALOG} from '../../src/i18n/console-catalog.js';
import {Translator} from '../../src/i18n/translator.js';

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium?.close());

for (const [locale, colorScheme] of [['en', 'dark'], ['ko', 'light']]) {
  test(`the console shows what happens, ${locale} and ${colorScheme}`, {timeout: 120_000}, async t => {
    const anna = await person(chromium, {locale, colorScheme});
    t.after(() => anna.context.close());
    const words = new Translator(() => locale, CONSOLE_CATALOG).t;
    await register(anna);
    await createGuild(anna, 'Busy');
    const page = await anna.context.newPage();
    page.on('pageerror', error => anna.problems.push(String(error)));
    await page.goto('/_parley');
    await page.locator('.chart').first().waitFor();
    for (let i = 0; i < 5; i++) {
      await say(anna, `message ${i}`);
      await message(anna, `message ${i}`).waitFor();
    }
    await api('GET', `/channels/${placeOf(anna.page).channelId}/messages`, await tokenOf(anna.page));

    // Then the lines move, and the numbers are those of something that happened.
    await page.waitForFunction(() => [...document.querySelectorAll('.chart')].filter(one => /L/.test(one.querySelector('path.line')?.getAttribute('d') ?? '')).length >= 6);
    const connections = await page.locator('.chart').first().locator('.now').textContent();
    assert.ok(Number(connections.replace(/\D/g, '')) >= 1, connections);
    // And so does the bill, which has a part for each service.
    const bill = page.locator('.bill');
    await page.waitForFunction(() => Number(document.querySelector('.bill .now')?.textContent.replace(/[^0-9.]/g, '')) > 0);
    assert.deepEqual(await bill.locator('dt').allTextContents(), ['API Gateway', 'Lambda', 'SQS', words('bill.traffic')]);
    assert.match(await bill.locator('.hint').textContent(), /us-east-1/);
    await page.getByText(words('alerts.all')).click();
    await page.locator('tbody tr').nth(20).waitFor();
    await page.getByText(words('alerts.all')).click();
    const {violations} = await new AxeBuilder({page}).analyze();
    assert.deepEqual(violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`), []);
    await picture(page, `console-${locale}-${colorScheme}`);
    assert.deepEqual(anna.problems, []);
  });
}
