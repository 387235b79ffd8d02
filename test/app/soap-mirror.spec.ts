import { sheetXml, EUR, USD, at } from '../support/sheet-builder.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { loadSeries } from '../support/load-series.js';
import { postSoap, soapEnvelope } from '../support/soap-call.js';
import { CLOSE, framed, withSoapService } from '../support/soap-service.js';
import { withKurs } from '../support/with-kurs.js';

describe('the SOAP service', () => {
  const { kurs, call } = withSoapService();
  const onFriday = { On_date: '2025-04-04T00:00:00' };

  it('answers a sheet as XML', async () => {
    const row = (name: string, cells: string) =>
      `<ValuteCursOnDate><Vname>${name.padEnd(254)}</Vname>${cells}</ValuteCursOnDate>`;
    expect(await call('GetCursOnDateXML', onFriday)).toEqual({
      status: 200,
      text: framed(
        'GetCursOnDateXML',
        '<ValuteData OnDate="20250404" xmlns="">' +
          row(
            'Доллар США',
            '<Vnom>1</Vnom><Vcurs>84.3830</Vcurs><Vcode>840</Vcode><VchCode>USD</VchCode><VunitRate>84.383</VunitRate>',
          ) +
          row(
            'Евро',
            '<Vnom>1</Vnom><Vcurs>88.1020</Vcurs><Vcode>978</Vcode><VchCode>EUR</VchCode><VunitRate>88.102</VunitRate>',
          ) +
          row(
            'Иранских риалов',
            '<Vnom>1000000</Vnom><Vcurs>53.9256</Vcurs><Vcode>364</Vcode><VchCode>IRR</VchCode><VunitRate>5.39256E-05</VunitRate>',
          ) +
          row(
            'Иен',
            '<Vnom>100</Vnom><Vcurs>47.2636</Vcurs><Vcode>392</Vcode><VchCode>JPY</VchCode><VunitRate>0.472636</VunitRate>',
          ) +
          '</ValuteData>',
      ),
    });
  });

  it('answers a sheet as a DataSet, with its schema and a diffgram', async () => {
    const column = (name: string, type: string) =>
      `<xs:element name="${name}" type="xs:${type}" minOccurs="0" />`;
    const { text } = await call('GetCursOnDate', { On_date: '2025-04-06T00:00:00' });
    expect(text).toBe(
      framed(
        'GetCursOnDate',
        '<xs:schema id="ValuteData" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema" ' +
          'xmlns:msdata="urn:schemas-microsoft-com:xml-msdata" xmlns:msprop="urn:schemas-microsoft-com:xml-msprop">' +
          '<xs:element name="ValuteData" msdata:IsDataSet="true" msdata:UseCurrentLocale="true" msprop:OnDate="20250405">' +
          '<xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="ValuteCursOnDate">' +
          '<xs:complexType><xs:sequence>' +
          column('Vname', 'string') +
          column('Vnom', 'decimal') +
          column('Vcurs', 'decimal') +
          column('Vcode', 'int') +
          column('VchCode', 'string') +
          column('VunitRate', 'double') +
          '</xs:sequence></xs:complexType></xs:element></xs:choice></xs:complexType></xs:element></xs:schema>' +
          '<diffgr:diffgram xmlns:msdata="urn:schemas-microsoft-com:xml-msdata" xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">' +
          '<ValuteData xmlns="">' +
          '<ValuteCursOnDate diffgr:id="ValuteCursOnDate1" msdata:rowOrder="0">' +
          `<Vname>${'Доллар США'.padEnd(254)}</Vname><Vnom>1</Vnom><Vcurs>84.2775</Vcurs><Vcode>840</Vcode>` +
          '<VchCode>USD</VchCode><VunitRate>84.2775</VunitRate></ValuteCursOnDate>' +
          '<ValuteCursOnDate diffgr:id="ValuteCursOnDate2" msdata:rowOrder="1">' +
          `<Vname>${'Евро'.padEnd(254)}</Vname><Vnom>1</Vnom><Vcurs>88.1020</Vcurs><Vcode>978</Vcode>` +
          '<VchCode>EUR</VchCode><VunitRate>88.102</VunitRate></ValuteCursOnDate>' +
          '</ValuteData></diffgr:diffgram>',
      ),
    );
  });

  it('answers a series as XML, a fixing a row, the old roubles as they were', async () => {
    const row = (date: string, value: string, unitRate: string) =>
      `<ValuteCursDynamic><CursDate>${date}T00:00:00+03:00</CursDate><Vcode>R01235</Vcode><Vnom>1</Vnom>` +
      `<Vcurs>${value}</Vcurs><VunitRate>${unitRate}</VunitRate></ValuteCursDynamic>`;
    const range = { FromDate: '1997-12-01T00:00:00', ToDate: '2025-04-05T00:00:00' };
    const { text } = await call('GetCursDynamicXML', { ...range, ValutaCode: 'R01235    ' });
    expect(text).toBe(
      framed(
        'GetCursDynamicXML',
        '<ValuteData xmlns="">' +
          row('1997-12-30', '5960.0000', '5960') +
          row('1998-01-01', '5.9600', '5.96') +
          row('2022-02-25', '86.9288', '86.9288') +
          row('2025-04-04', '84.3830', '84.383') +
          row('2025-04-05', '84.2775', '84.2775') +
          '</ValuteData>',
      ),
    );
  });

  it('gives the rows of a DataSet of a series exactly the columns of the bank', async () => {
    const range = { FromDate: '2022-02-25T00:00:00', ToDate: '2022-03-01T00:00:00' };
    const { text } = await call('GetCursDynamic', { ...range, ValutaCode: 'R01235' });
    expect(text).toContain(
      '<ValuteData xmlns=""><ValuteCursDynamic diffgr:id="ValuteCursDynamic1" msdata:rowOrder="0">' +
        '<CursDate>2022-02-25T00:00:00+03:00</CursDate><Vcode>R01235</Vcode><Vnom>1</Vnom>' +
        '<Vcurs>86.9288</Vcurs><VunitRate>86.9288</VunitRate></ValuteCursDynamic></ValuteData>',
    );
    expect(text).toContain('<xs:element name="CursDate" type="xs:dateTime" minOccurs="0" />');
    expect(text).not.toContain('msprop');
  });

  it('answers the dictionary as XML and as a DataSet, padded as the bank pads it', async () => {
    const rows = (attributes: (index: number) => string) =>
      DICTIONARY.map(({ id, parent = id, num, code, name, nameEn }, index) => {
        const codes =
          code === '' ? '' : `<VnumCode>${num}</VnumCode><VcharCode>${code}</VcharCode>`;
        return (
          `<EnumValutes${attributes(index)}><Vcode>${id.padEnd(20)}</Vcode><Vname>${name.padEnd(254)}</Vname>` +
          `<VEngname>${nameEn.padEnd(254)}</VEngname><Vnom>1</Vnom><VcommonCode>${parent.padEnd(10)}</VcommonCode>` +
          `${codes}</EnumValutes>`
        );
      }).join('');
    expect((await call('EnumValutesXML', { Seld: 'false' })).text).toBe(
      framed('EnumValutesXML', `<ValuteData xmlns="">${rows(() => '')}</ValuteData>`),
    );
    const { text } = await call('EnumValutes', { Seld: 'true' });
    const dataSet = rows(
      (index) => ` diffgr:id="EnumValutes${index + 1}" msdata:rowOrder="${index}"`,
    );
    expect(text).toContain(`<ValuteData xmlns="">${dataSet}</ValuteData></diffgr:diffgram>`);
    expect(text).toContain('<xs:element name="VnumCode" type="xs:int" minOccurs="0" />');
  });

  it('answers the children of a parent, each under its own ID', async () => {
    await loadSeries(
      kurs,
      'R01700J',
      ['2020-01-01', '2025-04-03'],
      [{ date: '2020-01-10', value: '10,4545' }],
    );
    await loadSeries(kurs, 'R01700', ['2020-01-01', '2025-04-03'], []);
    const range = { FromDate: '2020-01-01T00:00:00', ToDate: '2020-02-01T00:00:00' };
    const { text } = await call('GetCursDynamicXML', { ...range, ValutaCode: 'R01700' });
    expect(text).toContain('<Vcode>R01700J</Vcode><Vnom>1</Vnom><Vcurs>10.4545</Vcurs>');
  });

  it('answers the date of the newest sheet in two spellings', async () => {
    expect((await call('GetLatestDateTime')).text).toBe(
      framed('GetLatestDateTime', '2025-04-05T00:00:00'),
    );
    expect((await call('GetLatestDate')).text).toBe(framed('GetLatestDate', '20250405'));
  });

  it('answers 503 for a day that is not loaded, never an older sheet or an empty table', async () => {
    const dynamic = { FromDate: '2020-01-01', ToDate: '2020-02-01', ValutaCode: 'R01239' };
    const asked = [
      await postSoap(kurs.url, soapEnvelope('GetCursOnDate', { On_date: '2020-01-15' })),
      await postSoap(kurs.url, soapEnvelope('GetCursDynamicXML', dynamic)),
    ];
    for (const response of asked) {
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('60');
      expect(await response.json()).toMatchObject({ code: 'rates.sheet_not_loaded' });
    }
  });

  it('streams a long series, with its rows numbered through', async () => {
    const points = everySheet('1992-07-01', '2024-12-31');
    await loadSeries(kurs, 'R01239', ['1992-07-01', '2025-04-03'], points);
    const range = { FromDate: '1992-01-01', ToDate: '2024-12-31', ValutaCode: 'R01239' };
    const response = await postSoap(kurs.url, soapEnvelope('GetCursDynamic', range));
    expect(response.headers.get('content-length')).toBeNull();
    const text = await response.text();
    const numbers = text.matchAll(/diffgr:id="ValuteCursDynamic(\d+)" msdata:rowOrder="(\d+)"/g);
    const expected = points.map((_, index) => `${index + 1} ${index}`);
    expect([...numbers].map(([, id, order]) => `${id} ${order}`)).toEqual(expected);
    expect(text.endsWith(`</GetCursDynamicResult></GetCursDynamicResponse>${CLOSE}`)).toBe(true);
  });
});

describe('the SOAP service, while a figure is held,', () => {
  const fixture = withKurs({
    sheets: [sheetXml('04.04.2025', [at(USD, '84,3830'), EUR])],
    clock: '2025-04-04T09:00:00Z',
    settings: { JUMP_LIMIT_PERCENT: '80' },
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });

  it.each([
    ['GetCursOnDateXML', { On_date: '2025-04-05' }, 'EUR'],
    [
      'GetCursDynamicXML',
      { FromDate: '2025-04-04', ToDate: '2025-04-05', ValutaCode: 'R01235' },
      '2025-04-04',
    ],
  ])('leaves it out of %s, and names its currency', async (operation, parameters, others) => {
    fixture.bank.publish(sheetXml('05.04.2025', [at(USD, '984,2775'), EUR]));
    fixture.clock.set('2025-04-05T09:00:00Z');
    await fixture.run();
    const response = await postSoap(fixture.kurs.url, soapEnvelope(operation, parameters));
    expect(response.headers.get('kurs-quarantined')).toBe('USD');
    const text = await response.text();
    expect(text).toContain(others);
    expect(text).not.toContain('984.2775');
  });
});
