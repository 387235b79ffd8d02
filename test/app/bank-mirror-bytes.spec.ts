import { bankDocuments } from '../support/bank-documents.js';
import { asking, hasDictionary } from '../support/bank-scripts.js';
import { loadHistory } from '../support/command-load.js';
import { withKurs } from '../support/with-kurs.js';

describe.each(bankDocuments)("the bank's documents, $edition", (documents) => {
  const fixture = withKurs({
    sheets: [documents.sheet('2016-12-09'), documents.sheet('2026-04-25')],
    clock: '2026-04-26T09:00:00Z',
    once: true,
    prepare: ({ bank }) => {
      bank.misbehaveOnHistory((request, response) => {
        const url = new URL(request.url ?? '/', 'http://bank');
        const id = url.searchParams.get('VAL_NM_RQ');
        if (id === null) response.end(documents.dictionary());
        else if (documents.seriesIds.includes(id)) response.end(documents.series(id));
      });
    },
  });
  const ask = asking(fixture);

  beforeAll(() => hasDictionary(ask));

  it.each(['', '?date_req=26/04/2026', '?date_req=27.4.2026', '?date_req=1%2F1%2F2030'])(
    'go out byte for byte: %s',
    async (query) => {
      const { status, bytes, type, headers } = await ask(`XML_daily.asp${query}`);
      expect(status).toBe(200);
      expect(bytes.equals(documents.sheet('2026-04-25'))).toBe(true);
      expect(type).toBe('text/xml; charset=windows-1251');
      expect(headers.get('kurs-built')).toBeNull();
      expect(headers.get('content-length')).toBe(String(bytes.length));
    },
  );

  it('include the dictionary; without ISO codes it is built', async () => {
    const full = await ask('xml_valfull.ASP?d=0');
    expect(full.bytes.equals(documents.dictionary())).toBe(true);
    expect(full.type).toBe('application/xml; charset=windows-1251');
    expect(full.headers.get('kurs-built')).toBeNull();
    const short = await ask('XML_val.asp?d=1');
    expect(short.headers.get('kurs-built')).toBe('true');
    expect(short.text).not.toContain('ISO_');
    expect(short.text.match(/<Item /g)).toHaveLength(83);
    expect(short.text).toMatch(/<ParentCode>R01235 {4}<\/ParentCode>\s*<\/Item>/);
  });

  it('have English names on request, and nothing else is changed', async () => {
    const { text, headers, type } = await ask('XML_daily_eng.asp?date_req=26/04/2026');
    expect(type).toBe('text/xml; charset=windows-1251');
    expect(headers.get('kurs-built')).toBe('true');
    expect(text).toContain('<Name>US Dollar</Name>');
    const withoutNames = (xml: string) => xml.replace(/<Name>[^<]*<\/Name>/g, '');
    const sheet = new TextDecoder('windows-1251').decode(documents.sheet('2026-04-25'));
    expect(withoutNames(text)).toBe(withoutNames(sheet));
  });

  it('are built like the recorded ones of a range of days, byte for byte', async () => {
    await loadHistory(fixture.kurs, { from: '2026-03-01', to: '2026-03-05' });
    for (const id of documents.seriesIds) {
      const range = 'date_req1=01/03/2026&date_req2=05/03/2026';
      const { bytes, headers, type } = await ask(`XML_dynamic.asp?${range}&VAL_NM_RQ=${id}`);
      expect([id, bytes.toString('latin1')]).toEqual([id, documents.series(id).toString('latin1')]);
      expect(headers.get('kurs-built')).toBe('true');
      expect(type).toBe('application/xml; charset=windows-1251');
    }
  });
});
