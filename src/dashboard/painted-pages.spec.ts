import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { DataVersion } from '../http/answers/index.js';
import { PageAnswers } from './page-answers.js';
import type { Painted } from './page/paint-contract.js';
import { PaintedPages, type Press } from './painted-pages.js';

const HOME = { path: '', query: '', language: 'en', base: 'http://kurs/' } as const;

describe('painted pages', () => {
  const version = new DataVersion();
  const clock = { now: () => new Date('2026-04-25T09:00:00Z') } as Clock;
  let painting: { resolve: (painted: Painted) => void; reject: (reason: Error) => void }[];
  let pages: PaintedPages;
  let press: Press;

  beforeEach(() => {
    painting = [];
    pages = new PaintedPages({} as PageAnswers, version, clock, { DEMO: 0 } as Settings);
    const paint = () =>
      new Promise<Painted>((resolve, reject) => painting.push({ resolve, reject }));
    press = { painter: { paint }, shell: { document: () => 'text' } } as unknown as Press;
  });

  it('are painted once for all readers that ask at the same time', async () => {
    const readers = [1, 2, 3].map(() => pages.page(HOME, press));
    for (const { resolve } of painting) resolve({ status: 200 } as Painted);
    const [first, ...others] = await Promise.all(readers);
    expect(others).toEqual([first, first]);
    expect(painting).toHaveLength(1);
  });

  it('are painted again after a failure', async () => {
    const failed = pages.page(HOME, press);
    painting[0]?.reject(new Error('no paint'));
    await expect(failed).rejects.toThrow('no paint');
    const page = pages.page(HOME, press);
    painting[1]?.resolve({ status: 200 } as Painted);
    expect((await page).status).toBe(200);
  });

  it('are painted again after a commit, for another day, language, name or address', () => {
    void pages.page(HOME, press);
    void pages.page({ ...HOME, language: 'ru' }, press);
    void pages.page({ ...HOME, base: 'http://other/' }, press);
    // Both are `on/x`, a line break and nothing, unless the parts of the key are kept apart.
    void pages.page({ ...HOME, path: 'on/x\n' }, press);
    void pages.page({ ...HOME, path: 'on/x', query: '\n' }, press);
    version.advance({ logId: 'log', dataVersion: 7 });
    void pages.page(HOME, press);
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-04-26T09:00:00Z'));
    void pages.page(HOME, press);
    expect(painting).toHaveLength(7);
  });
});
