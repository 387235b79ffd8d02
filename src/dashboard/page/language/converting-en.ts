import type { ConvertingWords } from './converting-ru.js';

/** English texts of the converter. The keys are those of `converting-ru.js`. */
export const CONVERTING_IN_ENGLISH: ConvertingWords = {
  conversionDescription: (conversion: string, rates: string) =>
    `${conversion} at official rates of the Bank of Russia: ${rates}.`,
  shareConversion: 'Link to this conversion',

  converter: 'Converter',
  amount: 'Amount',
  fromCurrency: 'From',
  toCurrency: 'To',
  onDate: 'On',
  andTo: 'And to',
  addTarget: '+ another currency',
  removeTarget: 'Remove this currency',
  swap: 'Swap',
  current: 'Set now',
  former: 'No longer set',
  badAmount: 'The amount must be a number, such as 1,234.56.',
  longAmount: 'The amount is too long: it has more than 28 digits.',
  sameCurrency: 'Choose two different currencies.',
  exactly: (digits: string) => `Exactly: ${digits}`,
  ratesUsed: (date: string, isCarried: boolean) =>
    isCarried ? `at the rate of ${date} (carried)` : `at the rate of ${date}`,
  why: 'Why this rate',
  whyOwn: (code: string, date: string) =>
    `${code}: set for this day by the Bank of Russia sheet of ${date}.`,
  whyCarried: (code: string, date: string, day: string) =>
    `${code}: no new rate for ${day}, so the previous one, of ${date}, is in force.`,
  whyProvisional: (day: string) => `The rate changes if the bank publishes a sheet for ${day}.`,
  whyManual: (code: string, date: string) =>
    `${code}: the rate of ${date} was entered manually; it is not the Bank of Russia’s.`,
  whyUnits: (code: string, units: string) =>
    `The bank quotes ${code} per ${units} units, so its rate is divided by ${units}.`,
  whyCross: 'The Bank of Russia sets no rate between two currencies: both go through the rouble.',
  whyRounded: 'Only the result is rounded, once.',
};
