import { daysBetween } from '../../src/common/calendar-date.js';
import { getJson, withBody } from '../support/json.js';
import {
  DashboardService,
  FIRST_DAY,
  HIGH_DAY,
  TODAY,
  TOMORROW,
  YESTERDAY,
} from './dashboard-service.js';
import type { Habits, Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

interface V1Rate {
  code: string;
  nominal: number;
  value: string;
}

const NO_BREAK_SPACE = '\u00A0';
const row = (code: string) => `tr[data-code="${code}"]`;
const inRussian = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ru-RU', { timeZone: 'UTC', ...options }).format(new Date(day));
const dayAndMonth = (day: string) => inRussian(day, { day: 'numeric', month: 'long' });

describe('the page', () => {
  let service: DashboardService;
  let visitor: Visitor;

  const visits = withVisitors(async () => (service = await DashboardService.start()));

  const arrive = async (hash = '', habits: Habits = {}) => {
    visitor = await visits.arrive(habits);
    await visitor.open(hash);
  };
  const focused = () =>
    visitor.page.evaluate<string>(
      'document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText',
    );

  it('shows every value digit for digit, the date of its sheet, and that the sheet is carried', async () => {
    await arrive();
    const rates = await getJson<V1Rate[]>(`${service.url}/v1/rates`);
    expect(rates).toHaveLength(4);
    for (const { code, nominal, value } of rates) {
      const shown = value.replace('.', ',').replace('1088', `1${NO_BREAK_SPACE}088`);
      expect(await visitor.text(`${row(code)} td.value`)).toBe(shown);
      const units = await visitor.text(`${row(code)} td.nominal`);
      expect(units.replaceAll(NO_BREAK_SPACE, '')).toBe(String(nominal));
    }
    expect(await visitor.text(`${row('USD')} td.change`)).toMatch(/−0,4731\s*−0,6225\s%/);
    expect(await visitor.text('h1')).toContain(dayAndMonth(TODAY));
    const about = await visitor.text('.about');
    expect(about).toContain(`от ${dayAndMonth(YESTERDAY)}`);
    expect(about).toContain('курсы перенесены');
    await visitor.page.locator(`${row('USD')} svg`).waitFor();
    const line = await visitor.page.locator(`${row('USD')} svg`).getAttribute('aria-label');
    expect(line).toBe(`От 74,0000 до 76,0001, 3${NO_BREAK_SPACE}фиксинга`);
  });

  it('shows a sheet published in the meantime, and survives a restart of the service', async () => {
    await arrive();
    await visitor.sees('.live', 'На связи');
    await visitor.page.evaluate('globalThis.isTheSamePage = true');
    await service.publish(TOMORROW, { USD: '76,1000' });
    await visitor.page.locator(`${row('USD')}.flash`).waitFor();
    expect(await visitor.text(`${row('USD')} td.next`)).toBe('76,1000');
    expect(await visitor.text(`${row('USD')} td.nextChange`)).toMatch(/\+0,5730\s*\+0,7587\s%/);
    expect(await visitor.text(`${row('USD')} td.value`)).toBe('75,5270');
    expect(await visitor.text('.about')).toContain(`на ${dayAndMonth(TOMORROW)}`);
    await visitor.sees('[role="status"].news', `Обновилось 4${NO_BREAK_SPACE}курса`);

    await service.end('SIGKILL');
    await visitor.sees('.live', 'Нет связи');
    await visitor.sees('.news', 'Связь потеряна');
    visitor.isServiceStarting = true;
    await service.begin();
    // The event that a browser fires when the network is back; without it the client waits several seconds.
    await visitor.page.evaluate("dispatchEvent(new Event('online'))");
    await visitor.sees('.live', 'На связи');
    await visitor.sees('.news', 'Связь восстановлена');
    visitor.isServiceStarting = false;
    await service.publish(TOMORROW, { USD: '76,2500' });
    await visitor.sees(`${row('USD')} td.next`, '76,2500');
    await visitor.sees('.news', 'USD: было 76,1000, стало 76,2500');
    expect(await visitor.page.evaluate('globalThis.isTheSamePage')).toBe(true);
  });

  it('converts on a day as the service does, and says when it cannot', async () => {
    await arrive();
    const { page } = visitor;
    await page.getByLabel('Сумма').fill('1 000,50');
    await page.getByLabel('В', { exact: true }).selectOption('JPY');
    const query = 'amount=1000.50&from=USD&to=JPY&source=all';
    const { result, rounded } = await getJson<{ result: string; rounded: string }>(
      `${service.url}/v1/convert?${query}`,
    );
    const digits = (text: string) => text.replace(/[^\d,]/g, '').replace(',', '.');
    await visitor.sees('.question', `1${NO_BREAK_SPACE}000,50 USD`);
    await visitor.sees('.result', 'JPY');
    expect(digits(await visitor.text('.result b'))).toBe(rounded);
    expect(digits(await visitor.text('.exact'))).toBe(result);
    await page.getByLabel('В', { exact: true }).selectOption('RUB');
    await page.getByLabel('На день', { exact: true }).fill('1997-12-31');
    await visitor.sees('.result', 'RUR');
    expect(digits(await visitor.text('.result b'))).toBe('5962980.00');
    expect(await visitor.text('.used')).toContain('30 декабря 1997');
    await page.getByLabel('На день', { exact: true }).fill('1992-06-30');
    await visitor.sees('.trouble', 'не устанавливался');
    await page.getByLabel('Сумма').fill('сто');
    await visitor.sees('.trouble', 'Сумма — число');
  });

  it('uses the language of the browser or the chosen one, and remembers the choice', async () => {
    await arrive();
    await visitor.page.getByLabel('Поиск').fill('евро');
    await visitor.page.getByRole('button', { name: 'Eng' }).click();
    await visitor.sees('h1', 'Rates for');
    expect(await visitor.page.getByLabel('Search').inputValue()).toBe('евро');
    expect(await visitor.texts('tbody tr td.value')).toEqual(['1,088.1020']);
    expect(await visitor.text('tbody td.name')).toBe('Euro');
    await visitor.page.reload();
    await visitor.sees('h1', 'Rates for');
    expect(await visitor.page.evaluate('document.documentElement.lang')).toBe('en');
  });

  it('shows a currency since 1992 in today’s roubles, with the digits of every day', async () => {
    await service.publish(TOMORROW, { USD: '76,2500' });
    await arrive('#/USD/all');
    const { page } = visitor;
    const chart = page.getByRole('slider');
    await page.locator('.chart canvas').waitFor();
    await visitor.sees('.notices', '1000 рублей до 1998 года');
    const [change, low, high, average] = await visitor.texts('.statistics > div');
    expect(change).toMatch(/\+76,12474.*\+60.773,38.%.*1 июля 1992.*в нынешних рублях/s);
    expect(low).toMatch(/0,12526.*1 июля 1992.*в нынешних рублях/s);
    expect(high).toMatch(/120,3785/);
    await visitor.sees('.unit', 'нынешних рублей за 1 USD');
    expect(average).toMatch(/57,1445.*9\sфиксингов, округлено до 4\sзнаков/s);
    await chart.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toContain('125,2600');
    await chart.press('ArrowRight');
    await visitor.sees('.reading', /30 декабря 1997.*5.960,0000/);
    const plot = page.locator('.u-over');
    const { width = 0 } = (await plot.boundingBox()) ?? {};
    const share = daysBetween(FIRST_DAY, HIGH_DAY) / daysBetween(FIRST_DAY, TOMORROW);
    await plot.hover({ position: { x: width * share, y: 20 } });
    await visitor.sees('.reading', '120,3785');
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  it('links to the CSV and to the bank’s document', async () => {
    await service.publish(TOMORROW, { USD: '76,2500' });
    await arrive('#/USD/1m');
    const { page } = visitor;
    const address = async (name: RegExp) =>
      (await page.getByRole('link', { name }).getAttribute('href')) ?? '';
    const csv = await (await fetch(await address(/Скачать CSV/))).text();
    const values = csv
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[3]);
    expect(values).toEqual(['74.0000', '76.0001', '75.5270', '76.2500']);
    const document = await fetch(await address(/файл XML/));
    const bytes = Buffer.from(await document.arrayBuffer()).toString('latin1');
    expect(bytes).toContain('<Value>76,2500</Value>');
    await page.getByRole('slider').press('Home');
    await page.getByRole('link', { name: 'Документ банка с этим рядом' }).waitFor();
    const series = await fetch(await address(/Документ банка/));
    expect(await series.text()).toContain('<Value>74,0000</Value>');
  });

  it('is navigable by keyboard, forwards and back', async () => {
    await arrive();
    const { page } = visitor;
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('К содержанию');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.locator('th.value button').focus();
    await page.keyboard.press('Enter');
    const order = () => page.locator('th.value').getAttribute('aria-sort');
    expect(await order()).toBe('descending');
    expect((await visitor.texts('tbody th a'))[0]).toBe('EUR');
    await page.keyboard.press('Space');
    expect(await order()).toBe('ascending');
    const star = page.getByRole('button', { name: 'USD: в избранное' });
    await star.focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('USD: убрать из избранного');
    expect((await visitor.texts('tbody th a'))[0]).toBe('USD');
    await page.locator(`${row('USD')} a`).focus();
    await page.keyboard.press('Enter');
    await visitor.sees('h1', 'Доллар США');
    expect(await focused()).toContain('USD');
    await page.getByRole('link', { name: '5 лет' }).focus();
    await page.keyboard.press('Enter');
    await visitor.sees('[aria-current]', '5 лет');
    await page.reload();
    await visitor.sees('[aria-current]', '5 лет');
    await page.goBack();
    await visitor.sees('[aria-current]', '1 год');
    await page.goBack();
    await visitor.sees('h1', 'Курсы на');
  });

  it.each(['', '#/USD'])('fits a screen of 320 pixels: /%s', async (hash) => {
    await service.publish(TOMORROW, { USD: '76,2500' });
    await arrive(hash, { width: 320 });
    const { page } = visitor;
    await visitor.sees('.live', 'На связи');
    await page.locator(hash === '' ? `${row('USD')} td.next` : '.chart canvas').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    if (hash !== '') return;
    expect(await visitor.text(`${row('IRR')} th`)).toMatch(/1.000.000 · Иранских риалов/);
    expect(await visitor.text(`${row('USD')} td.next`)).toMatch(/^76,2500\s+\+0,7230/);
  });

  it.each([
    ['', 'light'],
    ['', 'dark'],
    ['#/USD/all', 'light'],
    ['#/USD/all', 'dark'],
  ] as const)('has no serious finding of axe-core: /%s, %s', async (hash, colorScheme) => {
    await arrive(hash, { colorScheme, locale: 'en-US' });
    await visitor.page.locator(hash === '' ? `${row('USD')} svg` : '.chart canvas').waitFor();
    expect(await visitor.seriousFindings()).toEqual([]);
  });

  it('marks a manual rate in every view', async () => {
    const rates = await getJson<{ id: number; effective_date: string }[]>(
      `${service.url}/rates/get/EUR`,
    );
    const { id } = rates.find(({ effective_date }) => effective_date === YESTERDAY) ?? {};
    const edit = withBody('PATCH', { value: 99.9 });
    await getJson(`${service.url}/rates/update?rate_id=${id}`, edit);
    await arrive();
    await visitor.sees('.headlines li', /EUR.*99,9.*вручную/);
    await visitor.page.getByLabel('Из', { exact: true }).selectOption('EUR');
    await visitor.sees('.used li', /EUR = .*вручную/);
    expect(await visitor.text('.headlines li')).not.toContain('вручную');
  });
});
