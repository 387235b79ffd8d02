import { inflateRawSync } from 'node:zlib';
import { withBody } from '../support/json.js';
import { at, EUR, IRR, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Files of an archive, by its central directory (APPNOTE 4.3.12). */
function filesIn(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') + 16);
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [size, start] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [name = 0, extra = 0, comment = 0] = lengths;
    const body = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    const bytes = archive.subarray(body, body + size);
    const text = archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes;
    files.set(archive.toString('utf8', at + 46, at + 46 + name), text.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

describe('a day as a workbook of Excel', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [at(USD, '75,5270'), at(EUR, '88,1020'), IRR])],
    clock: '2026-04-25T12:00:00Z',
    once: true,
  });

  const ask = (query = '') => fetch(`${kurs.url}/v1/rates.xlsx${query}`);
  const workbook = async (query = '') => {
    const files = filesIn(Buffer.from(await (await ask(query)).arrayBuffer()));
    const texts = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>(.*?)<\/t>/g)];
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    const rows = [...sheet.matchAll(/<row .*?<\/row>/gs)].map(([row]) =>
      [...row.matchAll(/<c ([^>]*?)(?:\/>|>(?:<v>)?(.*?)(?:<\/v>)?<\/c>)/g)].map(
        ([, attributes = '', value = '']) =>
          attributes.includes('t="s"') ? (texts[Number(value)]?.[1] ?? '') : value,
      ),
    );
    return { rows, styles: files.get('xl/styles.xml') ?? '', book: files.get('xl/workbook.xml') };
  };

  it('has the bank’s columns, its figures as numbers, and their decimals', async () => {
    const { rows, styles, book } = await workbook();
    expect(rows[0]).toEqual(['Цифр. код', 'Букв. код', 'Единиц', 'Валюта', 'Курс', 'Действует с']);
    const serial = String(Date.parse('2026-04-25') / 86_400_000 + 25_569);
    expect(rows.find((row) => row.includes('USD'))).toEqual([
      ...['840', 'USD', '1', 'Доллар США', '75.527', serial],
    ]);
    expect(rows).toHaveLength(4);
    expect(styles).toContain('#,##0.0000');
    expect(book).toContain('name="2026-04-25"');
  });

  it('is a download with the day in its name, in either language, and names its gaps like /v1/rates', async () => {
    const response = await ask('?date=2026-04-25&lang=en');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, XLSX]);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="kurs-2026-04-25.xlsx"',
    );
    expect((await workbook('?lang=en')).rows[0]?.[4]).toBe('Rate');
    const missing = await ask('?date=2011-06-15');
    expect([missing.status, await missing.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'rates.not_loaded' }),
    ]);
    expect((await ask('?date=2011-06-31')).status).toBe(422);
    expect((await ask('?lang=fr')).status).toBe(422);
  });

  it('keeps every digit of the longest figure, and takes no text for a formula', async () => {
    const value = '12345678901.2345';
    const gold = { code: 'GOLD', name: '=1+1 <b>&', value };
    await fetch(`${kurs.url}/v1/rates`, withBody('POST', gold));
    const { rows } = await workbook('?source=all');
    expect(rows.find((row) => row.includes('GOLD'))).toEqual(
      expect.arrayContaining([value, '=1+1 &lt;b&gt;&amp;']),
    );
  });
});
