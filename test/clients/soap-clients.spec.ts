import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bankDocuments } from '../support/bank-documents.js';
import { findPhpWithSoap, findPythonWithZeep } from '../support/find-soap-clients.js';
import { getJson } from '../support/json.js';
import { SOAP_PATH } from '../support/soap-call.js';
import { withKurs } from '../support/with-kurs.js';

const DAY = '2026-04-25';

interface Rate {
  code: string;
  nominal: number;
  value: string;
}

/** Clients as their users install them. */
const clients = [
  {
    client: 'the soap package of npm',
    program: () => process.execPath,
    script: 'call-with-node.mjs',
  },
  { client: 'zeep', program: findPythonWithZeep, script: 'call-with-zeep.py' },
  { client: 'PHP', program: findPhpWithSoap, script: 'call-with-php.php' },
];
const cases = clients.flatMap((each) => ['1.1', '1.2'].map((version) => ({ ...each, version })));

/** They have the address of the description and nothing else. */
describe.each(bankDocuments)('the SOAP service with documents $edition', (documents) => {
  const { kurs } = withKurs({
    clock: `${DAY}T09:00:00Z`,
    once: true,
    prepare: ({ bank }) => {
      bank.publish(documents.sheet(DAY));
      bank.misbehaveOnHistory(({ url = '' }, response) => {
        if (url.includes('XML_valFull')) response.end(documents.dictionary());
      });
    },
  });

  const linesOf = async (program: string, script: string, version: string): Promise<string[]> => {
    const wsdl = `${kurs.url}${SOAP_PATH}?WSDL`;
    const words = [join('test/clients/soap', script), wsdl, version, DAY];
    const { stdout } = await promisify(execFile)(program, words);
    return stdout.trimEnd().split('\n');
  };

  it.each(cases)(
    'is read by $client in SOAP $version, with the figures of /v1',
    async ({ program, script, version }) => {
      const lines = await linesOf(program(), script, version);
      const shown = (kind: string, words: number) =>
        lines
          .filter((line) => line.startsWith(`${kind} `))
          .map((line) => line.split(' ').slice(0, words).join(' '));
      const rates = await getJson<Rate[]>(`${kurs.url}/v1/rates?date=${DAY}`);
      const sheet = rates
        .filter(({ code }) => code !== 'RUB')
        .map(({ code, nominal, value }) => `sheet ${code} ${nominal} ${value}`);
      // Once from the DataSet and once from the XML.
      expect(shown('sheet', 4).sort()).toEqual([...sheet, ...sheet].sort());
      expect(lines.filter((line) => /^sheet USD 1 \S+ Доллар США$/.test(line))).toHaveLength(2);
      const dollar = rates.find(({ code }) => code === 'USD');
      const series = `series ${DAY} 1 ${dollar?.value ?? ''}`;
      expect(shown('series', 4)).toEqual([series, series]);
      const currencies = shown('currency', 99);
      expect(currencies).toHaveLength(2 * 83);
      expect(currencies).toContain('currency R01235 840 US Dollar');
      expect(currencies.slice(83)).toEqual(currencies.slice(0, 83));
      expect(shown('latest', 2)).toEqual([`latest ${DAY.replaceAll('-', '')}`, 'latest 2026']);
      expect(lines.slice(-2)).toEqual([
        'error: nonsense cannot be read',
        'error: 2020-01-15T00:00:00 failed',
      ]);
    },
  );
});
