import { postSoap, SOAP_PATH, soapEnvelope } from '../support/soap-call.js';
import { withSoapService } from '../support/soap-service.js';
import { withKurs } from '../support/with-kurs.js';

describe('the SOAP service', () => {
  const { kurs } = withSoapService();

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
