import { ADDRESSES } from './every-address.js';
import { startFurnishedKurs } from './furnished-kurs.js';
import { withVisitors } from './with-visitors.js';

describe('an address of the page', () => {
  const visits = withVisitors(() => startFurnishedKurs());

  /** With those whose figures are not loaded completely, or that name nothing. */
  const STILL = [...ADDRESSES.map(([path]) => path), 'USD?period=all', 'UDS'];

  it.each(STILL)('/%s does not move while the page takes over', async (path) => {
    for (const [width, height] of [
      [390, 844],
      [1440, 900],
    ] as const) {
      const visitor = await visits.arrive({ width, height });
      await visitor.page.addInitScript(`
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const { value, sources } of list.getEntries())
            shifts.push([value, ...sources.map(({ node }) => node?.className || node?.nodeName)]);
        }).observe({ type: 'layout-shift', buffered: true });`);
      await visitor.page.goto(`${visits.url}/${path}`);
      await visitor.sees('.live', 'На связи');
      if (path.startsWith('USD')) await visitor.page.locator('.chart canvas').waitFor();
      // All that is drawn late has been drawn in the frame before.
      await visitor.page.evaluate(
        'new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))',
      );
      expect(await visitor.page.evaluate('globalThis.shifts')).toEqual([]);
    }
  });
});
