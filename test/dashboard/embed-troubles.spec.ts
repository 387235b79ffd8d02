import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { getJson } from '../support/json.js';
import { at, EUR, USD } from '../support/sheet-builder.js';
import { withOtherSites } from './with-other-sites.js';

describe('rates on the page of another site', () => {
  const sites = withOtherSites({ JUMP_LIMIT_PERCENT: '20' });
  const { shop, iframe, inFrame, element } = sites;

  it('stay the last accepted ones while a newer value of the bank is held', async () => {
    const sees = async (shown: Locator, euro: string) => {
      await shown.locator('li', { hasText: 'EUR' }).getByText(`${euro} ₽`).waitFor();
      expect(await shown.getByText('755,2730').count()).toBe(0);
      await shown.locator('li', { hasText: 'USD' }).getByText('75,5273 ₽').waitFor();
    };
    const both = [inFrame(), sites.page.locator('body > kurs-rates')];
    shop.html = iframe('USD,EUR') + element('codes="USD,EUR"');
    await sites.page.goto(shop.origin);
    for (const shown of both) await sees(shown, '88,1020');
    await sites.publish(at(USD, '755,2730'), at(EUR, '88,2020'));
    const held = await getJson<object[]>(`${sites.url}/v1/quarantine`);
    expect(held).toMatchObject([{ code: 'USD', value: '755.2730', state: 'pending' }]);
    for (const shown of both) await sees(shown, '88,2020');
    await sites.page.reload();
    for (const shown of both) await sees(shown, '88,2020');
    // As the service draws it.
    await sites.reopenPage({ javaScriptEnabled: false });
    await sites.page.goto(shop.origin);
    await sees(inFrame(), '88,2020');
  });

  it('stay, and say so, while the service is away', async () => {
    const { page } = sites;
    shop.html = iframe('USD') + element();
    await page.goto(shop.origin);
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await shown.getByText('₽').waitFor();
    }
    await sites.kill();
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await shown.getByText('Нет связи').waitFor();
      expect(await shown.getByText('₽').count()).toBe(1);
    }
    await sites.begin();
    for (const shown of [inFrame(), page.locator('body > kurs-rates')]) {
      await eventually(
        'it is back',
        async () => (await shown.getByText('Нет связи').count()) === 0,
      );
    }
  });
});
