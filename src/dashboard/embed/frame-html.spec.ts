import type { RateRecord } from '../../rates/reading/index.js';
import { frameHtml } from './frame-html.js';

const USD = { code: 'USD', nominal: 1, value: '99.5000', effective_date: '2026-04-25', name: '' };

describe('a frame', () => {
  // 1.005 is 1.00499… as a float.
  it.each([
    ['1.0050', '<i class="up">▲ 1,0050 %</i>'],
    ['-1.0050', '<i class="down">▼ 1,0050 %</i>'],
    ['-0.0049', '<i class="down">▼ 0,0049 %</i>'],
    ['0.0000', '<i>0,0000 %</i>'],
  ])('shows a change of %s per cent with every digit', (change_percent, shown) => {
    const rates = [{ ...USD, change_percent } as RateRecord];
    const html = frameHtml({ codes: ['USD'], lang: 'ru', theme: 'auto', rates, isDemo: false });
    expect(html).toContain(shown);
  });
});
