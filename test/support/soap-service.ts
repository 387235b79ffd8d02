import { DICTIONARY } from './history.js';
import { loadSeries } from './load-series.js';
import { at, EUR, IRR, JPY, sheetXml, USD } from './sheet-builder.js';
import { postSoap, soapEnvelope } from './soap-call.js';
import { type KursFixture, withKurs } from './with-kurs.js';

const OPEN =
  '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soap:Body>';
export const CLOSE = '</soap:Body></soap:Envelope>';

/** A result of an operation, as the bank's server frames it. */
export const framed = (operation: string, result: string) =>
  `${OPEN}<${operation}Response xmlns="http://web.cbr.ru/"><${operation}Result>${result}` +
  `</${operation}Result></${operation}Response>${CLOSE}`;

/** A fault, as the bank's server frames it. */
export const fault = (text: string) =>
  `${OPEN}<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${text}</faultstring><detail /></soap:Fault>${CLOSE}`;

/** Friday's sheet, which has four currencies, and Saturday's, which has two and is the newest. */
export function withSoapService() {
  const fixture: KursFixture = withKurs({
    sheets: [
      sheetXml('04.04.2025', [{ ...at(USD, '84,3830'), unitRate: '84,383' }, EUR, JPY, IRR]),
    ],
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
  return { kurs, call };
}
