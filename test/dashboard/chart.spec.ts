import { startFurnishedKurs } from './furnished-kurs.js';
import type { Visitor } from './visitor.js';
import { withVisitors } from './with-visitors.js';

describe('the page of a currency', () => {
  const visits = withVisitors(() => startFurnishedKurs(undefined, 40));
  let visitor: Visitor;

  const opened = async (path: string) => {
    visitor = await visits.arrive();
    await visitor.page.goto(`${visits.url}/${path}`);
    await visitor.sees('.live', 'На связи');
    await visitor.page.locator('.currency:not([aria-busy]) .chart canvas').waitFor();
  };

  /** Whether something is drawn in the middle of the chart, from 0 to 255. */
  const middleOfChart = () =>
    visitor.page.evaluate<number>(`(() => {
      const canvas = document.querySelector('.chart canvas');
      const over = document.querySelector('.u-over').getBoundingClientRect();
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const x = (over.left - box.left + over.width / 2) * scale;
      const y = (over.top - box.top + over.height / 2) * scale;
      return canvas.getContext('2d').getImageData(x, y, 1, 1).data[3];
    })()`);

  /** Distance of the line from the top, at a share of the width; -1: there is none. */
  const heightAt = (share: number) =>
    visitor.page.evaluate<number>(`(() => {
      const chart = document.querySelector('.chart');
      const canvas = chart.querySelector('canvas');
      const [box, over] = [canvas, chart.querySelector('.u-over')].map((node) =>
        node.getBoundingClientRect());
      const scale = canvas.width / box.width;
      const sample = document.createElement('canvas').getContext('2d');
      sample.fillStyle = getComputedStyle(document.querySelector('footer a')).color;
      sample.fillRect(0, 0, 1, 1);
      const [red, green, blue] = sample.getImageData(0, 0, 1, 1).data;
      const x = (over.left - box.left + over.width * ${share}) * scale;
      const { data } = canvas.getContext('2d').getImageData(x, 0, 1, canvas.height);
      for (let at = 0; at < data.length; at += 4) {
        const distance = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green)
          + Math.abs(data[at + 2] - blue);
        if (data[at + 3] > 200 && distance < 40) return at / 4;
      }
      return -1;
    })()`);

  it('draws one fixing as a dot', async () => {
    await opened('USD?from=2026-04-22&to=2026-04-22');
    await visitor.sees('.statistics', /0,0000.*0,00/);
    expect(await middleOfChart()).toBeGreaterThan(100);
  });

  it('draws a rate that holds until the next one: no line leads from one to the other', async () => {
    await opened('USD?from=2026-04-22&to=2026-04-23');
    await visitor.sees('.statistics', /22 апреля 2026.*23 апреля 2026/);
    const heights = await Promise.all([0.1, 0.5, 0.9].map(heightAt));
    expect(heights[0]).toBeGreaterThan(0);
    expect(new Set(heights).size).toBe(1);
  });
});
