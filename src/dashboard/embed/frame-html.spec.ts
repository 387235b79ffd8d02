import type { RateRecord } from '../../rates/reading/index.js';
import { frameHtml } from './frame-html.js';

const USD = { code: 'USD', nominal: 1, value: '99.5000', effective_date: '2026-04-25', name: '' };

function frame(codes: string[], rate: Partial<RateRecord> = {}): string {
  const rates = [{ ...USD, change_percent: null, ...rate } as RateRecord];
  return frameHtml({ codes, lang: 'ru', theme: 'auto', rates, isDemo: false });
}

describe('a frame', () => {
  // 1.005 is 1.00499… as a float.
  it.each([
    ['1.0050', '<i class="up">▲ 1,0050 %</i>'],
    ['-1.0050', '<i class="down">▼ 1,0050 %</i>'],
    ['-0.0049', '<i class="down">▼ 0,0049 %</i>'],
    ['0.0000', '<i>0,0000 %</i>'],
  ])('shows a change of %s per cent with every digit', (change_percent, shown) => {
    expect(frame(['USD'], { change_percent })).toContain(shown);
  });

  it('has names and codes as text, whatever they contain', () => {
    const html = frame(['USD', '<img>'], { name: '"><script>alert(1)</script>&' });
    expect(html).toContain(
      '<li><b title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;">USD</b><span>99,5000 ₽</span><i></i></li>',
    );
    expect(html).toContain('<li class="unknown"><b>&lt;img&gt;</b><i>нет курса</i></li>');
  });
});
