import { painter } from './paint.js';
import type { FirstAnswer } from './paint-contract.js';

const problem: FirstAnswer = { problem: { code: 'rates.not_loaded', detail: 'Nothing is loaded' } };

describe('a painted page', () => {
  const paint = (read: (target: string) => FirstAnswer | undefined) =>
    painter.paint({
      ...{ path: '', query: new URLSearchParams(), language: 'en', root: './' },
      ...{ isDemo: false, isEmbeddable: false },
      read,
    });

  it('reads each answer once: two may differ at midnight', async () => {
    const asked: string[] = [];
    await paint((target) => {
      asked.push(target);
      return { body: [], headers: {} };
    });
    expect(asked).toContain('v1/rates?source=all');
    expect(asked).toEqual([...new Set(asked)]);
  });

  it('brings along what was at hand, and nothing else', async () => {
    const { first } = await paint((target) => (target.includes('latest') ? undefined : problem));
    expect(Object.keys(first)).toContain('v1/rates?source=all');
    expect(Object.keys(first)).not.toContain('v1/rates?source=all&date=latest');
  });
});
