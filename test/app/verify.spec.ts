import { SheetVerification } from '../../src/tasks/sheet-verification.js';
import { at, EUR, IRR, JPY, sheetXml, USD } from '../support/sheet-builder.js';
import { withKurs } from '../support/with-kurs.js';

describe('what differs from another server of rates', () => {
  const { bank, kurs } = withKurs({
    sheets: [sheetXml('25.04.2026', [USD, EUR, IRR])],
    clock: '2026-04-25T09:00:00Z',
  });

  const differences = async (from: string, to: string) => {
    const found: string[] = [];
    const range = { from, to } as Parameters<SheetVerification['run']>[0];
    const run = kurs.get(SheetVerification).run(range, new AbortController().signal);
    for await (const sheet of run) found.push(...sheet.differences);
    return found;
  };

  it('is nothing where all is the same, other days of the week included', async () => {
    expect(await differences('2026-04-25', '2026-04-27')).toEqual([]);
    expect(kurs.get(SheetVerification).days).toEqual({ from: '2026-04-25', to: '2026-04-25' });
  });

  it('are values, nominals, and rates that one of the two lacks', async () => {
    const another = { ...IRR, nominal: 10_000, unitRate: undefined };
    bank.publish(sheetXml('25.04.2026', [at(USD, '75,5274'), JPY, another]));
    expect(await differences('2026-04-25', '2026-04-25')).toEqual([
      '2026-04-25 USD (R01235): stored 75.5273 for 1, there 75.5274 for 1',
      '2026-04-25 JPY (R01820): not stored, there 47.2636 for 100',
      '2026-04-25 IRR (R01300): stored 53.9256 for 1000000, there 53.9256 for 10000',
      '2026-04-25 EUR (R01239): stored 88.1020 for 1, not there',
    ]);
  });

  it('are none of a sheet before the range, which is in force in it', async () => {
    bank.publish(sheetXml('25.04.2026', [at(USD, '75,5274')]));
    expect(await differences('2026-04-26', '2026-04-27')).toEqual([]);
  });

  it('are sheets that the other lacks, and days that are not loaded', async () => {
    bank.withdraw('2026-04-25');
    bank.publish(sheetXml('23.04.2026', [USD, EUR]));
    expect(await differences('2026-04-23', '2026-04-25')).toEqual([
      '2026-04-25: the sheet is stored, and not there',
      '2026-04-23: 2 of 2 rates are not loaded',
    ]);
  });

  it('are sheets that are stored, on days before the first of the other', async () => {
    expect(await differences('2026-04-20', '2026-04-25')).toEqual([]);
    bank.withdraw('2026-04-25');
    bank.publish(sheetXml('28.04.2026', [USD, EUR]));
    expect(await differences('2026-04-20', '2026-04-28')).toEqual([
      '2026-04-28: 2 of 2 rates are not loaded',
      '2026-04-25: the sheet is stored, and not there',
    ]);
    await expect(differences('2026-04-20', '2026-04-25')).rejects.toThrow(
      'The server has no sheet of 2026-04-25 or before',
    );
  });
});
