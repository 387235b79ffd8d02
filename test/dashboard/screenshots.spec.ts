import type { Page } from 'playwright-core';
import { fontsForTests } from '../support/fonts-for-tests.js';
import { compareScreenshot } from '../support/screenshots.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import type { Habits, Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

const NOW = '2026-04-24T16:05:00+03:00';
const PHONE = { width: 390, height: 844 };

interface State {
  path: string;
  habits: Habits;
  /** Before the page is opened. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Waits for what comes last. */
  isThere: (page: Page) => Promise<void>;
  connection?: string | RegExp;
}

const sparkline = (page: Page) => page.locator('.headline polyline').nth(2).waitFor();

/** Together they have every view, both languages, both colour schemes, both widths, and a failure. */
const STATES: Record<string, State> = {
  rates: { path: '', habits: {}, isThere: sparkline },
  'rates on a phone': {
    path: '',
    habits: { ...PHONE, locale: 'en-US', colorScheme: 'dark' },
    isThere: sparkline,
  },
  currency: {
    path: 'USD?period=1m&with=EUR&indexed=1',
    habits: { colorScheme: 'dark' },
    isThere: (page) => page.locator('.currency:not([aria-busy]) .chart canvas').waitFor(),
  },
  'day on a phone': {
    path: 'on/2026-04-21',
    habits: PHONE,
    isThere: (page) => page.locator('.links .download').nth(2).waitFor(),
  },
  conversion: {
    path: 'convert/100/USD/EUR,CNY?on=2026-04-19',
    habits: { locale: 'en-US' },
    isThere: (page) => page.locator('.result').nth(1).waitFor(),
  },
  'service away, on a phone': {
    path: '',
    habits: PHONE,
    prepare: (page) => page.route('**/v1/**', (route) => route.abort()),
    isThere: (page) => page.locator('.notices li').first().waitFor(),
    connection: 'Нет связи',
  },
};

describe('the page looks as it did', () => {
  const visits = withVisitors(() => startFurnishedKurs(NOW, 40));
  let visitor: Visitor;

  it.each(Object.entries(STATES))('%s', async (name, state) => {
    const { path, habits, prepare, isThere, connection = /На связи|Live/ } = state;
    visitor = await visits.arrive(habits);
    const { page } = visitor;
    await page.clock.setFixedTime(NOW);
    await fontsForTests(page);
    await prepare?.(page);
    await page.goto(`${visits.url}/${path}`);
    await visitor.sees('.live', connection);
    await isThere(page);
    await page.evaluate('document.fonts.ready');
    const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    expect(compareScreenshot(name, picture)).toEqual([]);
  });
});
