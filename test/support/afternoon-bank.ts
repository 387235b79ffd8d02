import { FakeBank } from './fake-bank.js';
import { EUR, IRR, JPY, manyValutes, sheetXml, USD } from './sheet-builder.js';

/** Friday, 16:00 in Moscow: tomorrow's sheet is published. */
export const AFTERNOON = '2026-04-24T13:00:00Z';
const VALUTES = [USD, EUR, JPY, IRR, ...manyValutes(50)];

/** A bank with the sheets of that Friday and of Saturday, of 54 currencies. */
export async function afternoonBank(): Promise<FakeBank> {
  const bank = await FakeBank.start();
  for (const date of ['24.04.2026', '25.04.2026']) bank.publish(sheetXml(date, VALUTES));
  return bank;
}
