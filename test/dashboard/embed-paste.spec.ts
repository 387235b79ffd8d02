import { at, EUR, USD } from '../support/sheet-builder.js';
import { withOtherSites } from './with-other-sites.js';

const CNY = {
  ...{ id: 'R01375', num: '156', code: 'CNY' },
  ...{ nominal: 1, name: 'Юань', value: '11,0318' },
};

describe('rates on the page of another site', () => {
  const sites = withOtherSites();
  const { shop, inFrame, change } = sites;
  const openFold = async () => {
    const fold = sites.page.locator('.embed');
    const summary = fold.getByText('на своём сайте');
    // A key is pressed whether its target can be seen or not, and only the script shows this one.
    await summary.waitFor();
    await summary.press('Enter');
    return fold;
  };

  it('are pasted as the page gives them, as a frame and as an element, for the currencies it shows', async () => {
    const { page } = sites;
    await sites.allowClipboard();
    await page.goto(`${sites.url}/USD`);
    const fold = await openFold();
    await fold.locator('code').nth(1).waitFor();
    const texts = await fold.locator('code').allInnerTexts();
    expect(texts.map((text) => text.split('\n').length)).toEqual([2, 2]);
    await fold.getByRole('button', { name: 'Скопировать' }).first().click();
    await fold.getByText('Скопировано').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(texts[0]);
    await page.getByRole('link', { name: 'Все курсы' }).click();
    await fold.locator('code', { hasText: 'embed/USD,EUR?' }).waitFor({ state: 'attached' });
    await change('84,2500');
    for (const text of texts) {
      shop.html = text;
      await page.goto(shop.origin);
      const shown = text.includes('<iframe') ? inFrame() : page.locator('kurs-rates');
      await shown.getByText('84,2500 ₽').waitFor();
      expect(await shown.getByText('EUR').count()).toBe(0);
    }
  });

  it('are pasted for the currencies that have a rate by now', async () => {
    const { page } = sites;
    await sites.allowClipboard();
    await page.goto(`${sites.url}/`);
    const fold = await openFold();
    await fold.locator('code', { hasText: 'embed/USD,EUR?' }).waitFor();
    await fold.getByRole('button', { name: 'Скопировать' }).first().click();
    await fold.getByText('Скопировано').waitFor();
    await page.locator('.live[data-state="live"]').waitFor();
    await change('90,0000');
    await page.locator('tr[data-code="USD"]', { hasText: '90,0000' }).waitFor();
    // Other rates of the same currencies change nothing here.
    expect(await fold.getByText('Скопировано').count()).toBe(1);
    await sites.publish(at(USD, '90,0000'), EUR, CNY);
    await fold.locator('code', { hasText: 'embed/USD,EUR,CNY?' }).waitFor();
  });
});
