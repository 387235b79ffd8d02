import { getJson } from '../support/json.js';
import { withThreeSheets } from '../support/three-sheets.js';

describe('the exact rates', () => {
  const { kurs, clock, call, problem } = withThreeSheets();

  it('have the same errors with If-None-Match: *', async () => {
    const anything = { headers: { 'If-None-Match': '*' } };
    for (const path of [
      ...['/rates/XYZ', '/rates/USD?date=2011-06-15', '/rates?nonsense=1', '/convert?amount=1'],
      ...['/sheets/2026-11-22', '/quarantine?state=lost', '/currencies/XYZ'],
    ]) {
      const { status } = await problem(path, anything);
      expect([path, status]).toEqual([path, (await problem(path)).status]);
    }
    for (const path of [
      ...['/rates/USD', '/rates.csv?from=2026-04-22', '/convert?amount=1&from=USD&to=RUB'],
      ...['/sheets/2026-04-24', '/sheets/2026-04-24.xml', '/quarantine'],
    ]) {
      const response = await call(path, anything);
      const tag = (await call(path)).headers.get('etag');
      expect([path, response.status, await response.text()]).toEqual([path, 304, '']);
      expect([path, response.headers.get('etag')]).toEqual([path, tag]);
      expect(response.headers.get('content-type')).toBeNull();
    }
  });

  it('answer 304 until the data or the day changes, and let caches keep past days', async () => {
    const again = (etag: string, path = '/rates/USD') =>
      call(path, { headers: { 'If-None-Match': etag } });
    const path = '/rates/USD?date=2026-04-23';
    const past = await call(path);
    const pastAgain = await again(past.headers.get('etag') ?? '', path);
    expect(pastAgain.status).toBe(304);
    for (const { headers } of [past, pastAgain]) {
      expect(headers.get('cache-control')).toBe('public, max-age=86400');
    }
    // Midnight in Moscow is closer than the next poll, a day after the start.
    clock.set('2026-04-22T12:00:00Z');
    const today = await call('/rates/USD');
    expect(today.headers.get('cache-control')).toBe('public, max-age=32400');
    const tag = today.headers.get('etag') ?? '';
    expect((await again(tag)).status).toBe(304);
    // A tag is valid for its own address only.
    expect((await again(tag, '/rates/EUR')).status).toBe(200);
    await getJson(`${kurs.url}/rates/create?code=ABC&name=B&value=1`);
    expect((await again(tag)).status).toBe(200);
    const newer = (await call('/rates/USD')).headers.get('etag') ?? '';
    clock.set('2026-04-22T22:00:00Z');
    expect((await again(newer)).status).toBe(200);
  });
});
