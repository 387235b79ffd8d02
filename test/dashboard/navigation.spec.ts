import { startFurnishedKurs } from './furnished-kurs.js';
import { withVisitors } from './with-visitors.js';

describe('an address of the page', () => {
  const visits = withVisitors(() => startFurnishedKurs());

  it('is reached by navigation, and left by the back button', async () => {
    const visitor = await visits.arrive();
    const { page } = visitor;
    await visitor.open();
    await visitor.sees('.live', 'На связи');
    await page.evaluate('globalThis.isTheSamePage = true');
    await page.locator('tr[data-code="EUR"] th a').click();
    await visitor.sees('h1', 'Евро');
    expect(page.url()).toBe(`${visits.url}/EUR`);
    await page.getByRole('link', { name: '1 месяц' }).click();
    await visitor.sees('[aria-current]', '1 месяц');
    expect(page.url()).toBe(`${visits.url}/EUR?period=1m`);
    await page.getByRole('link', { name: 'Все курсы' }).click();
    await page.getByLabel('Курсы на день').fill('2026-04-20');
    await visitor.sees('h1', 'Курсы на 20 апреля 2026');
    expect(page.url()).toBe(`${visits.url}/on/2026-04-20`);
    await visitor.sees('.about', 'от 18 апреля');
    await page.getByRole('link', { name: '21 апр.' }).click();
    await visitor.sees('.about', 'как опубликованы');
    await page.goBack();
    await visitor.sees('h1', 'Курсы на 20 апреля 2026');
    await page.getByRole('link', { name: 'Все курсы' }).click();
    await page.getByRole('link', { name: 'Ссылка на этот расчёт' }).click();
    await visitor.sees('h1', 'Конвертер');
    expect(page.url()).toBe(`${visits.url}/convert/100/USD/RUB`);
    await page.getByLabel('Сумма').fill('250,5');
    await visitor.sees('.question', '250,5 USD');
    expect(page.url()).toBe(`${visits.url}/convert/250.5/USD/RUB`);
    expect(await page.evaluate('globalThis.isTheSamePage')).toBe(true);
  });

  it('keeps order, search and conversion of the list', async () => {
    const visitor = await visits.arrive();
    const { page } = visitor;
    await visitor.open();
    await page.locator('th.value button').click();
    await page.getByLabel('Поиск').fill('дол');
    await page.getByLabel('Сумма').fill('5');
    await page.getByLabel('В', { exact: true }).selectOption('EUR');
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ sort: '-value', search: 'дол', amount: '5', to: 'EUR' },
    });
    await page.reload();
    // Until then the page may be the one that the service painted, or none.
    await visitor.sees('.live', 'На связи');
    await visitor.sees('.result', 'EUR');
    expect(await visitor.texts('tbody th a')).toEqual(['USD', 'AUD']);
    expect(await page.getByLabel('Поиск').inputValue()).toBe('дол');
  });

  it('of an earlier version leads to the new one', async () => {
    const visitor = await visits.arrive();
    const { page } = visitor;
    await visitor.open('#/USD/5y');
    expect(page.url()).toBe(`${visits.url}/USD?period=5y`);
    await visitor.sees('[aria-current]', '5 лет');
    await page.goto(`${visits.url}/#/eur`);
    await visitor.sees('h1', 'Евро');
    expect(page.url()).toBe(`${visits.url}/EUR`);
  });
});
