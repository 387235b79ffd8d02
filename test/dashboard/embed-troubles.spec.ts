import { eventually } from '../support/eventually.js';
import { withOtherSites } from './with-other-sites.js';

describe('rates on the page of another site', () => {
  const sites = withOtherSites();
  const { shop, iframe, inFrame, element } = sites;

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
