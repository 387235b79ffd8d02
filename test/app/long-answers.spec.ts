import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { eventually } from '../support/eventually.js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { manyRates } from '../support/many-rates.js';
import { withKurs } from '../support/with-kurs.js';

const SHEET = sheetXml('25.04.2026', [USD]);

describe('long answers', () => {
  const fixture = withKurs({ sheets: [SHEET], starts: false });
  const { kurs } = fixture;
  const readers: Socket[] = [];

  const start = async (environment: Record<string, string>) => {
    await fixture.start(environment);
    fixture.atTheEnd(() => {
      for (const reader of readers.splice(0)) reader.destroy();
    });
    await kurs.get(UnitOfWork).run((unit) => unit.insert(RateEntity, manyRates(40_000)));
  };

  /** Starts to read one from this address, and then stops; returns its head. */
  const begin = async (localAddress = '127.0.0.1') => {
    const port = Number(new URL(kurs.url).port);
    const reader = connect({ port, host: '127.0.0.1', localAddress });
    reader.on('error', () => undefined);
    readers.push(reader);
    reader.write('GET /rates/get HTTP/1.1\r\nHost: kurs\r\nConnection: close\r\n\r\n');
    await once(reader, 'readable');
    const text = String(reader.read());
    reader.pause();
    return { reader, text };
  };

  it('are limited per address, and others get the rest', async () => {
    await start({ MAX_EXPORTS: '3', MAX_EXPORTS_PER_ADDRESS: '2' });
    const [first, second, third] = [await begin(), await begin(), await begin()];
    expect([first, second].map(({ text }) => text.slice(9, 12))).toEqual(['200', '200']);
    expect(third.text).toMatch(
      /^HTTP\/1\.1 429 [^]*Retry-After: \d+[^]*http\.too_many_exports_from_address/,
    );
    expect((await begin('127.0.0.2')).text).toMatch(/^HTTP\/1\.1 200 /);
    expect((await begin('127.0.0.3')).text).toMatch(/^HTTP\/1\.1 503 [^]*http\.too_many_exports/);
    first.reader.destroy();
    await eventually('there is a place', async () => {
      const { reader, text } = await begin();
      reader.destroy();
      return text.startsWith('HTTP/1.1 200 ');
    });
  });

  it('are cut off when they are read more slowly than EXPORT_BYTES_PER_SECOND, however steadily', async () => {
    await start({ REQUEST_TIMEOUT_SECONDS: '1', EXPORT_BYTES_PER_SECOND: '100000000' });
    const { reader } = await begin();
    let bytes = 0;
    const closed = new Promise((resolve) => reader.once('close', resolve));
    const reset = once(reader, 'error');
    const reading = setInterval(() => {
      bytes += (reader.read() as Buffer | null)?.length ?? 0;
    }, 32);
    reader.once('close', () => clearInterval(reading));
    // The kernel's send buffer is dropped as well.
    expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
    await closed;
    const whole = await fetch(`${kurs.url}/rates/get?limit=1000`);
    expect(bytes).toBeLessThan(39 * (await whole.arrayBuffer()).byteLength);
  });
});
