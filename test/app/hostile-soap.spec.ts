import xml2js from 'xml2js';
import { sheetXml, USD } from '../support/sheet-builder.js';
import { postSoap, SOAP_11, SOAP_12, soapEnvelope } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

const LATEST = soapEnvelope('GetLatestDate');
const UNREADABLE = 'Server was unable to read request. ---&gt; There is an error in XML document.';

const around = (inside: string, before = '', namespace = SOAP_11) =>
  `${before}<s:Envelope xmlns:s="${namespace}"><s:Body>${inside}</s:Body></s:Envelope>`;
const call = (text: string) =>
  `<GetCursOnDate xmlns="http://web.cbr.ru/"><On_date>${text}</On_date></GetCursOnDate>`;

/** A comment is of no account, whatever it says. */
const commented = (text: string) => LATEST.replace('?>', `?><!--${text}-->`);

const LAUGHS =
  '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "lol">' +
  Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join('') +
  ']>';
const FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>';

describe('the SOAP service, given hostile requests,', () => {
  const { kurs } = withKurs({
    sheets: [sheetXml('05.04.2025', [USD])],
    clock: '2025-04-05T09:00:00Z',
    once: true,
  });

  const post = async (body: string | Uint8Array<ArrayBuffer>, type = 'text/xml; charset=utf-8') => {
    const response = await postSoap(kurs.url, body, { 'Content-Type': type });
    return { status: response.status, text: await response.text() };
  };
  const expectFault = async (body: string | Uint8Array<ArrayBuffer>) => {
    const { status, text } = await post(body);
    expect({ status, text }).toEqual({
      status: 500,
      text: expect.stringContaining(UNREADABLE) as string,
    });
    expect(text).toContain('<faultcode>soap:Client</faultcode>');
    expect(text).not.toMatch(/root:|lol|дата/);
  };

  it.each([
    ['entities that multiply', around(call('&a9;'), LAUGHS)],
    ['an external entity', around(call('&f;'), FILE)],
    ['a DOCTYPE in lower case', around(call('2025-04-05'), '<!doctype x>')],
    ['elements nested 2,000 deep', around('<a>'.repeat(2_000) + '</a>'.repeat(2_000))],
    ['elements nested 100 deep', around('<a>'.repeat(100) + '</a>'.repeat(100))],
    [
      'elements by the thousand',
      around('<GetLatestDate xmlns="http://web.cbr.ru/"/>' + '<a/>'.repeat(2_000)),
    ],
    [
      'attributes by the thousand in a call',
      around(
        `<GetLatestDate ${Array.from({ length: 1_500 }, (_, n) => `a${n}=""`).join(' ')} xmlns="http://web.cbr.ru/"/>`,
      ),
    ],
    [
      'attributes by the thousand',
      `<a ${Array.from({ length: 1_500 }, (_, n) => `a${n}=""`).join(' ')}/>`,
    ],
  ])('answers a fault to %s without parsing it', async (_, body) => {
    const parse = jest.spyOn(xml2js.Parser.prototype, 'parseString');
    await expectFault(body);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['an entity that nobody declared', around(call('&nbsp;'))],
    ['a prefix that is not bound', '<s:Envelope><s:Body/></s:Envelope>'],
    ['a document that ends early', LATEST.slice(0, -20)],
    ['text after the document', `${LATEST}<more/>`],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${LATEST}`, 'utf16le'))],
    ['bytes that are not UTF-8', new Uint8Array(Buffer.from(commented('ä'), 'latin1'))],
    ['a call as the root', '<GetLatestDate xmlns="http://web.cbr.ru/"></GetLatestDate>'],
    ['another element of SOAP as the root', LATEST.replaceAll('soap:Envelope', 'soap:Message')],
    ['an attribute twice', LATEST.replace('<GetLatestDate ', '$&a="1" a="2" ')],
    ['a NUL', commented('\0')],
    ['a control character', commented('\u0008')],
    ['JSON', '{"On_date":"2025-04-05"}'],
    ['a form', 'On_date=2025-04-05'],
    ['nothing', ''],
    ['blanks', ' \r\n'],
  ])('answers a fault to %s', async (_, body) => {
    await expectFault(body);
  });

  it.each([
    ['nothing in the body', around('')],
    ['no body', `<s:Envelope xmlns:s="${SOAP_11}"></s:Envelope>`],
    [
      'a body of another version',
      `<s:Envelope xmlns:s="${SOAP_11}"><b:Body xmlns:b="${SOAP_12}">${call('x')}</b:Body></s:Envelope>`,
    ],
  ])('answers a fault for %s', async (_, body) => {
    expect((await post(body)).text).toContain('---&gt; The body is empty.');
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', '_', 'cdata'])(
    'takes the names %s for names only',
    async (name) => {
      const operation = `<${name} xmlns="http://web.cbr.ru/"/>`;
      const parameter = `<GetLatestDate xmlns="http://web.cbr.ru/"><${name} ${name}="1">x</${name}></GetLatestDate>`;
      expect((await post(around(operation))).status).toBe(500);
      expect([200, 500]).toContain((await post(around(parameter))).status);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
      expect((await post(LATEST)).text).toContain('<GetLatestDateResult>20250405<');
    },
  );

  it('rejects a body above 16 KiB before it is read', async () => {
    const padding = (bytes: number) => around(call('2025-04-05') + `<!--${'x'.repeat(bytes)}-->`);
    const most = 16 * 1_024 - padding(0).length;
    expect((await post(padding(most))).status).toBe(200);
    for (const bytes of [most + 1, 1_000_000]) {
      const { status, text } = await post(padding(bytes));
      expect(status).toBe(413);
      expect(JSON.parse(text)).toMatchObject({ code: 'http.body_too_large' });
    }
    const deep = around('<a>'.repeat(10_000) + '</a>'.repeat(10_000));
    expect((await post(deep)).status).toBe(413);
  });

  it('does not inflate bodies', async () => {
    const headers = { 'Content-Type': 'text/xml', 'Content-Encoding': 'gzip' };
    expect((await postSoap(kurs.url, LATEST, headers)).status).toBe(415);
  });

  it.each([
    'text/xml; charset=windows-1251',
    'text/xml; charset="utf-16"',
    'text/xml; charset=nonsense',
    'application/xml',
    'text/plain',
  ])('reads a body that is ASCII whatever its type says: %s', async (type) => {
    expect((await post(LATEST, type)).text).toContain('<GetLatestDateResult>20250405<');
  });

  it.each([
    ['a comment', commented('дата')],
    [
      'attributes of one name in two elements',
      LATEST.replace('<GetLatestDate ', '$&id="1" ').replace('<soap:Body', '$& id="1"'),
    ],
    ['a byte order mark', `\ufeff${LATEST}`],
    ['the declaration of another encoding', LATEST.replace('utf-8', 'windows-1251')],
    ['single quotes', LATEST.replaceAll('"', "'")],
    [
      'CDATA and character references',
      around(
        '<GetLatestDate xmlns="http://web.cbr.ru/"><x><![CDATA[&a9;<a>]]>&#65;</x></GetLatestDate>',
      ),
    ],
    ['a processing instruction', LATEST.replace('?>', '?><?xml-stylesheet href="x"?>')],
  ])('reads %s', async (_, body) => {
    expect((await post(body)).text).toContain('<GetLatestDateResult>20250405<');
  });

  it('answers an envelope of another version with VersionMismatch', async () => {
    const { text } = await post(around(call('x'), '', 'urn:soap:2.0'));
    expect(text).toContain('<faultcode>soap:VersionMismatch</faultcode>');
  });

  it.each([
    [SOAP_11, '1', 'soap:MustUnderstand'],
    [SOAP_12, 'true', 'soap:MustUnderstand'],
    [SOAP_11, '0', undefined],
    [SOAP_12, 'false', undefined],
  ])('with a header of %s that must be understood (%s) gives %s', async (namespace, flag, code) => {
    const header = `<s:Header><Security xmlns="urn:x" s:mustUnderstand="${flag}"/></s:Header>`;
    const body = soapEnvelope('GetLatestDate', {}, namespace)
      .replaceAll('soap:', 's:')
      .replace('xmlns:soap', 'xmlns:s')
      .replace('<s:Body>', `${header}<s:Body>`);
    const { text } = await post(body);
    expect(/soap:MustUnderstand/.exec(text)?.[0]).toBe(code);
  });

  it('speaks the version of its type where the envelope cannot be read', async () => {
    const { text } = await post('<', 'application/soap+xml; charset=utf-8');
    expect(text).toContain(`<soap:Envelope xmlns:soap="${SOAP_12}"`);
    expect(text).toContain('<soap:Value>soap:Sender</soap:Value>');
  });

  it('escapes the host in its description', async () => {
    const { request } = await import('node:http');
    const { hostname, port } = new URL(kurs.url);
    const wsdl = await new Promise<string>((resolve, reject) => {
      const headers = { Host: 'a"&<b' };
      const asked = request(
        { hostname, port, path: '/DailyInfoWebServ/DailyInfo.asmx?wsdl', headers },
        (response) => {
          let text = '';
          response
            .setEncoding('utf8')
            .on('data', (part: string) => (text += part))
            .on('end', () => resolve(text));
        },
      );
      asked.on('error', reject).end();
    });
    expect(wsdl).not.toContain('a"&<b');
    expect(wsdl).toMatch(
      /<soap:address location="http:\/\/localhost:\d+\/DailyInfoWebServ\/DailyInfo.asmx" \/>/,
    );
  });
});
