import { DashboardService, TODAY } from './dashboard-service.js';
import { heldAnswer } from './held-answer.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

const AWAY = 'Сервис не отвечает: показаны последние полученные данные';

describe('an answer that comes late', () => {
  let service: DashboardService;
  let visitor: Visitor;
  const visits = withVisitors(async () => (service = await DashboardService.start()));

  const open = async (path: string) => {
    visitor = await visits.arrive();
    await visitor.open(path);
    await visitor.sees('.live', 'На связи');
  };
  /** Lets a held answer go, and resolves when the page has had the time to show it. */
  const settle = async (letGo: () => Promise<void>) => {
    await letGo();
    await visitor.page.evaluate(`fetch('${visits.url}/health/live').then((it) => it.text())`);
    await visitor.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
  };

  it.each([
    ['USD/EUR', '**/v1/convert?amount=1&from=USD&to=EUR*', '.now', ['80,0000', '90,0000']],
    [`on/${TODAY}`, '**/v1/rates?source=cbr&date=*', '.of-day table', ['81,0000', '91,0000']],
  ] as const)('does not replace a newer one: /%s', async (path, question, place, [old, newest]) => {
    await open(path);
    const { page } = visitor;
    await page.locator(place).waitFor();
    const held = heldAnswer(page, question);
    await service.publish(TODAY, { USD: old });
    const letGo = await held;
    await service.publish(TODAY, { USD: newest });
    await visitor.sees(place, newest);
    await settle(letGo);
    expect(await visitor.text(place)).toContain(newest);
  });

  it('does not replace the newer ones of the last 30 days', async () => {
    visitor = await visits.arrive();
    const { page } = visitor;
    const held = heldAnswer(page, '**/v1/rates?from=*');
    await visitor.open();
    const letGo = await held;
    await visitor.sees('.live', 'На связи');
    await service.publish(TODAY, { USD: '99,0000' });
    const line = page.locator('tr[data-code="USD"] svg[aria-label*="99,0000"]');
    await line.waitFor();
    await settle(letGo);
    expect(await line.count()).toBe(1);
  });

  it('ends what an earlier failure has said', async () => {
    visitor = await visits.arrive();
    const { page } = visitor;
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let count = 0;
    await page.route('**/v1/status', async (route) => {
      const number = ++count;
      if (number === 1) await held;
      await (number === 2 ? route.abort() : route.continue());
    });
    await Promise.all([page.waitForRequest('**/v1/status'), page.goto(visits.url)]);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await visitor.sees('.notices', AWAY);
    letGo();
    await visitor.seesNo('.notices', 'показаны');
    await visitor.sees('.live', 'На связи');
  });

  it('has no time if it came with a page that the browser had', async () => {
    await open('');
    const { page } = visitor;
    await page.goto('about:blank');
    await service.end('SIGKILL');
    await page.goBack();
    await visitor.sees('.notices', AWAY);
    await service.begin();
    await visitor.sees('.live', 'На связи');
  });
});
