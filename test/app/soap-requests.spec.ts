import { postSoap, SOAP_12, SOAP_PATH, soapEnvelope } from '../support/soap-call.js';
import { fault, framed, withSoapService } from '../support/soap-service.js';

const UNKNOWN = 'Server did not recognize the value of HTTP Header SOAPAction.';

describe('the SOAP service', () => {
  const { kurs, call } = withSoapService();

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
});
