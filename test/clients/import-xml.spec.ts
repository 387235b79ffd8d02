import { execFileSync } from 'node:child_process';
import { findProgram } from '../support/find-program.js';
import { at, EUR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

/** libxml2, which reads XPath 1.0 as the spreadsheet function IMPORTXML does. */
function findXmllint(): string {
  return findProgram({
    variable: 'XMLLINT_BIN',
    names: ['xmllint'],
    alsoLookIn: ['/usr/bin'],
    aptPackages: ['libxml2-utils'],
    howToGetOne:
      'The tests need xmllint and found none. Install it (Debian and Ubuntu: apt-get install libxml2-utils), ' +
      'or set XMLLINT_BIN to its path.',
  });
}

describe('formulas with IMPORTXML', () => {
  const fixture = withKurs({
    clock: '2026-04-26T09:00:00Z',
    once: true,
    sheets: [sheetXml('25.04.2026', [at(USD, '75,5000'), EUR, JPY])],
  });

  const evaluate = async (xpath: string) => {
    const address = `${fixture.kurs.url}/scripts/XML_daily.asp?date_req=26/04/2026`;
    const document = Buffer.from(await (await fetch(address)).arrayBuffer());
    const words = ['--xpath', xpath, '-'];
    return execFileSync(findXmllint(), words, { input: document, encoding: 'utf8' }).trim();
  };

  it('read the XML of the bank: four decimals, encoding, names', async () => {
    const cell = await evaluate(`translate(//Valute[CharCode='USD']/Value,',','')`);
    expect(Number(cell) / 10_000).toBe(75.5);
    expect(await evaluate('string(/ValCurs/@Date)')).toBe('25.04.2026');
    expect(await evaluate(`string(//Valute[@ID='R01820']/Name)`)).toBe(JPY.name);
    expect(await evaluate('count(//Valute)')).toBe('3');
  });
});
