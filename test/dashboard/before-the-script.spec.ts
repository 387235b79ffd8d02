import { DashboardService } from './dashboard-service.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

describe('the page', () => {
  const visits = withVisitors(() => DashboardService.start());
  let visitor: Visitor;

  describe('before the script runs', () => {
    let run: () => void;

    beforeEach(async () => {
      visitor = await visits.arrive();
      const { page } = visitor;
      const held = new Promise<void>((resolve) => (run = resolve));
      await page.route('**/main.js', (route) => held.then(() => route.continue()));
      await page.goto(visits.url, { waitUntil: 'commit' });
    });

    it.each(['a.skip', 'tbody a[href$="USD"]'])(
      'the focus of the reader is kept: %s',
      async (control) => {
        const { page } = visitor;
        await page.locator(control).focus();
        await page.evaluate('document.activeElement.isOfTheService = true');
        run();
        await visitor.sees('.live', 'На связи');
        await page.locator(`${control}:focus`).waitFor();
        expect(await page.evaluate('document.activeElement.isOfTheService')).toBeUndefined();
      },
    );

    it('what the reader types and chooses is kept, and answered', async () => {
      const { page } = visitor;
      await page.getByLabel('Сумма').fill('1 000,50');
      await page.getByLabel('В', { exact: true }).selectOption('JPY');
      run();
      await visitor.sees('.question', `1\u00A0000,50 USD`);
      await visitor.sees('.result', 'JPY');
    });
  });

  it('is drawn before its modules are loaded', async () => {
    visitor = await visits.arrive();
    const { page } = visitor;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().replace(/.*\/page\/[^/]+\//, '')));
    let draw!: () => void;
    const held = new Promise<void>((resolve) => (draw = resolve));
    // Nothing is drawn without it.
    await page.route('**/style.css', (route) => held.then(() => route.continue()));
    await Promise.all([
      page.waitForRequest('**/start.js'),
      page.goto(visits.url, { waitUntil: 'commit' }),
    ]);
    // A browser asks in the order of the document.
    expect(asked.filter((name) => name.endsWith('.js'))).toEqual(['theme.js', 'start.js']);
    draw();
    await visitor.sees('.live', 'На связи');
    expect(asked).toContain('main.js');
  });
});
