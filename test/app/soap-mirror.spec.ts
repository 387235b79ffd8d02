import { sheetXml, EUR, IRR, JPY, USD, at } from '../support/sheet-builder.js';
import { DICTIONARY, everySheet } from '../support/history.js';
import { loadSeries } from '../support/load-series.js';
import { postSoap, SOAP_12, SOAP_PATH, soapEnvelope } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

const OPEN =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>';
const CLOSE = '</soap:Body></soap:Envelope>';
const DOLLAR_OF_FRIDAY = { ...at(USD, '84,3830'), unitRate: '84,383' };

/** A result of an operation, as the bank's server frames it. */
const framed = (operation: string, result: string) =>
  `${OPEN}<${operation}Response xmlns="http://web.cbr.ru/"><${operation}Result>${result}` +
  `</${operation}Result></${operation}Response>${CLOSE}`;

const fault = (text: string, code = 'Client') =>
  `${OPEN}<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${text}</faultstring><detail /></soap:Fault>${CLOSE}`;

const UNKNOWN = 'Server did not recognize the value of HTTP Header SOAPAction.';

/** Friday's sheet, which has four currencies, and Saturday's, which has two and is the newest. */
describe('the SOAP service', () => {
  const fixture = withKurs({
    sheets: [sheetXml('04.04.2025', [DOLLAR_OF_FRIDAY, EUR, JPY, IRR])],
    clock: '2025-04-04T09:00:00Z',
    once: true,
    prepare: ({ bank }) => bank.list(DICTIONARY),
  });
  const { kurs } = fixture;

  beforeAll(async () => {
    fixture.bank.publish(sheetXml('05.04.2025', [at(USD, '84,2775'), EUR]));
    fixture.clock.set('2025-04-05T09:00:00Z');
    await fixture.run();
    await loadSeries(
      kurs,
      'R01235',
      ['1992-07-01', '2025-04-03'],
      [
        { date: '1997-12-30', value: '5960,0000' },
        { date: '1998-01-01', value: '5,9600' },
        { date: '2022-02-25', value: '86,9288' },
      ],
    );
  });

  const call = async (operation: string, parameters: Record<string, string> = {}) => {
    const response = await postSoap(kurs.url, soapEnvelope(operation, parameters));
    return { status: response.status, text: await response.text() };
  };
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

  it.each([
    ['2025-04-04T00:00:00', '20250404'],
    ['2025-04-04T23:59:59.999', '20250404'],
    ['2025-04-04', '20250404'],
    ['2025-04-04T00:00:00+03:00', '20250404'],
    ['2025-04-04T00:00:00Z', '20250404'],
    ['2025-04-03T21:00:00.000Z', '20250404'],
    ['2025-04-04T02:00:00+05:00', '20250404'],
    // After the newest sheet it is in force, whatever the day.
    ['2025-04-05T00:00:00', '20250405'],
    ['2025-04-04T21:00:00Z', '20250405'],
    ['2031-01-01T00:00:00', '20250405'],
    ['9999-12-31T23:59:59Z', '20250405'],
  ])('takes %s for the day whose sheet is of %s', async (On_date, sheet) => {
    const { text } = await call('GetCursOnDateXML', { On_date });
    expect(text).toContain(`<ValuteData OnDate="${sheet}" xmlns="">`);
  });

  it.each(['1992-06-30T00:00:00', '0001-01-01T00:00:00', '0001-01-01T00:00:00+14:00'])(
    'answers an empty sheet for %s, before the first one',
    async (On_date) => {
      const { status, text } = await call('GetCursOnDateXML', { On_date });
      const day = On_date.slice(0, 10).replaceAll('-', '');
      expect({ status, text }).toEqual({
        status: 200,
        text: framed('GetCursOnDateXML', `<ValuteData OnDate="${day}" xmlns=""></ValuteData>`),
      });
    },
  );

  it.each([
    ['reversed dates', '2025-04-05', '2025-04-04', 'R01235'],
    ['days to come', '2030-01-01', '2030-02-01', 'R01235'],
    ['no code', '2025-04-04', '2025-04-05', ''],
    ['a code that the bank does not have', '2020-01-01', '2025-04-05', 'R99999'],
  ])('answers an empty table for %s', async (_, from, to, ValutaCode) => {
    const range = { FromDate: `${from}T00:00:00`, ToDate: `${to}T00:00:00` };
    const { text } = await call('GetCursDynamicXML', { ...range, ValutaCode });
    expect(text).toBe(framed('GetCursDynamicXML', '<ValuteData xmlns=""></ValuteData>'));
  });

  it.each([
    ['2025-02-30T00:00:00'],
    ['04.04.2025'],
    ['2025-04-04T25:00:00'],
    ['2025-04-04T00:00:00+3'],
    [''],
  ])('answers a fault for the day %j', async (On_date) => {
    expect(await call('GetCursOnDateXML', { On_date })).toEqual({
      status: 500,
      text: fault(
        'Server was unable to read request. ---&gt; There is an error in XML document. ---&gt; On_date is not a valid dateTime.',
      ),
    });
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

  it.each(['KeyRate', 'KeyRateXML', 'RuoniaXML', 'DragMetDynamic', 'getCursOnDate', 'constructor'])(
    'answers %s with the fault for unknown operations',
    async (operation) => {
      expect(await call(operation)).toEqual({ status: 500, text: fault(UNKNOWN) });
    },
  );

  it('speaks SOAP 1.2 to whoever does, faults included', async () => {
    const headers = { 'Content-Type': 'application/soap+xml; charset=utf-8' };
    const [good, bad] = [
      await postSoap(kurs.url, soapEnvelope('GetLatestDate', {}, SOAP_12), headers),
      await postSoap(kurs.url, soapEnvelope('KeyRateXML', {}, SOAP_12), headers),
    ];
    expect(good.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(await good.text()).toContain(`<soap:Envelope xmlns:soap="${SOAP_12}"`);
    expect(bad.status).toBe(500);
    expect(bad.headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    expect(await bad.text()).toContain(
      '<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason>' +
        `<soap:Text xml:lang="en">${UNKNOWN}</soap:Text></soap:Reason><soap:Detail /></soap:Fault>`,
    );
  });

  it.each([
    ['SOAP-ENV', 'ns1'],
    ['soap-env', 'ns0'],
    ['e', 'web'],
  ])('understands the prefixes %s and %s', async (envelope, bank) => {
    const body =
      `<${envelope}:Envelope xmlns:${envelope}="http://schemas.xmlsoap.org/soap/envelope/" xmlns:${bank}="http://web.cbr.ru/">` +
      `<${envelope}:Header/><${envelope}:Body>\n <${bank}:GetCursOnDateXML>\n <${bank}:On_date>2025-04-04T00:00:00</${bank}:On_date>` +
      `</${bank}:GetCursOnDateXML></${envelope}:Body></${envelope}:Envelope>`;
    const response = await postSoap(kurs.url, body);
    expect(await response.text()).toContain('<ValuteData OnDate="20250404"');
  });

  it.each([
    ['absent', {}],
    ['unquoted', { SOAPAction: 'http://web.cbr.ru/GetLatestDate' }],
    ['another', { SOAPAction: '"http://web.cbr.ru/KeyRate"' }],
    ['empty', { SOAPAction: '""' }],
  ])('goes by the body when the SOAPAction is %s', async (_, headers) => {
    const types = { 'Content-Type': 'text/xml', ...headers };
    const response = await postSoap(kurs.url, soapEnvelope('GetLatestDate'), types);
    expect(await response.text()).toBe(framed('GetLatestDate', '20250405'));
  });

  it('is found whatever the case of its path', async () => {
    for (const path of [SOAP_PATH.toLowerCase(), SOAP_PATH.toUpperCase()]) {
      const init = { method: 'POST', body: soapEnvelope('GetLatestDate') };
      const response = await fetch(kurs.url + path, init);
      expect(await response.text()).toContain('20250405');
    }
  });

  it('describes what it serves at the address that it was asked at', async () => {
    const [lower, upper] = [
      await fetch(`${kurs.url}${SOAP_PATH.toLowerCase()}?wsdl`),
      await fetch(`${kurs.url}${SOAP_PATH}?WSDL`, { headers: { 'X-Forwarded-Proto': 'https' } }),
    ];
    expect(lower.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const wsdl = await lower.text();
    expect(wsdl).toContain(`<soap:address location="${kurs.url}${SOAP_PATH}" />`);
    expect(wsdl).toContain(`<soap12:address location="${kurs.url}${SOAP_PATH}" />`);
    const names = [...wsdl.matchAll(/<soap:operation soapAction="http:\/\/web.cbr.ru\/(\w+)"/g)];
    expect(names.map(([, name]) => name).sort()).toEqual([
      ...[
        'EnumValutes',
        'EnumValutesXML',
        'GetCursDynamic',
        'GetCursDynamicXML',
        'GetCursOnDate',
        'GetCursOnDateXML',
      ],
      ...['GetLatestDate', 'GetLatestDateTime'],
    ]);
    const secure = kurs.url.replace('http:', 'https:');
    expect(await upper.text()).toContain(`<soap:address location="${secure}${SOAP_PATH}" />`);
  });

  it('shows a page of its operations without WSDL', async () => {
    const response = await fetch(kurs.url + SOAP_PATH);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<li>GetCursOnDateXML</li>');
  });

  it('can be called by pages of every origin', async () => {
    const preflight = await fetch(kurs.url + SOAP_PATH, {
      method: 'OPTIONS',
      headers: {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'soapaction,content-type',
        Origin: 'https://shop.example',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toBe('soapaction,content-type');
    const { headers } = await postSoap(kurs.url, soapEnvelope('KeyRate'));
    expect(headers.get('access-control-allow-origin')).toBe('*');
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
    sheets: [sheetXml('04.04.2025', [DOLLAR_OF_FRIDAY, EUR])],
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

describe('the address in the description of the SOAP service', () => {
  const { kurs } = withKurs({
    clock: '2025-04-04T09:00:00Z',
    settings: { PUBLIC_URL: 'https://example.com/kurs' },
  });

  it('is below PUBLIC_URL, whoever asks', async () => {
    const wsdl = await (await fetch(`${kurs.url}${SOAP_PATH}?WSDL`)).text();
    expect(wsdl).toContain(`<soap:address location="https://example.com/kurs${SOAP_PATH}" />`);
  });
});

describe('with MIRRORS=bank the SOAP service', () => {
  const { kurs } = withKurs({ clock: '2025-04-04T09:00:00Z', settings: { MIRRORS: 'bank' } });

  it('is not there', async () => {
    expect((await postSoap(kurs.url, soapEnvelope('GetLatestDate'))).status).toBe(404);
    expect((await fetch(`${kurs.url}${SOAP_PATH}?WSDL`)).status).toBe(404);
  });
});
