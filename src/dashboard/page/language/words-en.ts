import { countedInEnglish } from './counted.js';
import { HISTORY_IN_ENGLISH } from './history-en.js';
import type { Words } from './words-ru.js';

/** English texts of the page; dates are passed as text. The keys are those of `words-ru.js`. */
export const ENGLISH: Words = {
  title: 'Bank of Russia rates',
  brand: 'Kurs',
  tagline: 'official rates of the Bank of Russia',
  description:
    'Official exchange rates of the Bank of Russia: today’s and tomorrow’s sheets, charts since 1992, a converter.',
  currencyDescription: (title: string, date: string) =>
    `${title}. Official rate of the Bank of Russia of ${date}, chart since 1992, table and CSV.`,
  pairDescription: (title: string) =>
    `${title}: cross rate through the rouble at official rates of the Bank of Russia, chart since 1992.`,
  throughRouble: (rates: string) => `Cross rate through the rouble: ${rates}.`,
  chartOf: (code: string) => `Chart of ${code}`,
  noSuchPage: 'There is no such page',
  noSuchPageHint: 'Check the address, or find the currency in the table of all rates.',
  didYouMean: 'Did you mean:',
  skip: 'Skip to content',
  demo: 'Demo: these figures are made up. They are not rates of the Bank of Russia.',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'as the system', light: 'light', dark: 'dark' },
  back: 'All rates',

  connection: {
    connecting: 'Connecting…',
    live: 'Live',
    waiting: 'Offline',
    closed: 'Offline',
    noRates: 'Waiting for rates',
  },
  connectionLost:
    'Connection lost: showing the last known data. The page reconnects automatically.',
  connectionBack: 'Reconnected.',

  heading: (day: string) => `Rates for ${day}`,
  loading: 'Loading…',
  ownSheet: (date: string) => `Bank of Russia sheet of ${date}, in force since that day.`,
  carriedSheet: (date: string, day: string) =>
    `Bank of Russia sheet of ${date}, in force since that day. Today, ${day}, has no sheet of its own: the rates are carried.`,
  nextSheet: (date: string) =>
    `The sheet for ${date} is already published and takes effect on that day.`,
  noSheet: 'No Bank of Russia sheet yet: these rates were entered manually.',
  empty: 'No rates yet',
  emptyReason: 'The service has not received a Bank of Russia sheet yet.',
  notToday: (last: string | null) =>
    `No rates for today${last ? `; the latest are from ${last}` : ''}.`,
  notLoadedToday: 'Today’s rates are not loaded.',
  tryAgain: 'Try again',
  bankFailed: 'the bank’s answer could not be used',
  bankFailures: {
    'cbr.timeout': 'the bank did not answer in time',
    'cbr.unreachable': 'the bank’s site cannot be reached',
    'cbr.http_status': 'the bank’s site answered with an error',
    'cbr.html': 'a web page came instead of the sheet',
    'cbr.truncated': 'the bank’s answer was cut off',
    'cbr.circuit_open': 'a pause after several failures',
    'cbr.retry_later': 'the bank asked to wait',
  },
  lastRunFailed: (moment: string, message: string) =>
    `Last update attempt failed at ${moment}: ${message}`,
  nextRun: (moment: string) => `Next attempt: ${moment}.`,
  checked: (moment: string) => `Bank polled ${moment} (Moscow)`,
  late: (date: string) => `The sheet for ${date} is late: it is usually published by this time.`,
  stale: (date: string) => `The sheet for ${date} is still missing: the rates may be out of date.`,
  someHeld: (codes: string) =>
    `The bank published an unusual value: ${codes}. It awaits review; the previous one is in force.`,
  sheetHeld:
    'The bank published an unusual sheet. It awaits review; the previous rates are in force.',
  notLoaded: (codes: string) => `Not loaded for this day: ${codes}.`,
  unreachable: 'The service does not respond: showing the last known data.',
  lastKnown: (date: string, moment: string) =>
    `No connection to the service: rates for ${date}, as of ${moment} (Moscow).`,
  problems: {
    'http.too_many_requests': 'Too many requests in a row: wait a minute.',
    'http.too_many_exports': 'The service is busy with other exports: wait a minute.',
    'http.too_many_exports_from_address': 'Too many exports at once: wait a minute.',
    'http.invalid_request': 'The service did not understand this request.',
    'rates.loading': 'The service is starting: the rates are still being loaded.',
    'rates.unknown_code': 'The service has no such currency.',
    'database.unavailable': 'The service cannot reach its database.',
    'database.busy': 'The database of the service is busy: wait a minute.',
  },
  failed: (code: string) => `The service could not answer (${code}).`,

  search: 'Search',
  searchHint: 'Dollar, EUR, 156…',
  onlyFavourites: 'Favourites only',
  sort: 'Order',
  found: (count: number) => countedInEnglish(count, 'currency', 'currencies'),
  noneFound: 'No such currency in the sheet.',
  noFavourites: 'No favourites yet: add one with the star of a currency.',
  tableCaption: 'Official rates in roubles',
  columns: {
    favourite: 'Favourite',
    code: 'Code',
    name: 'Currency',
    nominal: 'Units',
    value: (day: string) => `On ${day}`,
    change: 'Change',
    next: (day: string) => `From ${day}`,
    nextChange: 'Change',
    line: '30 days',
  },
  sortNames: {
    code: 'code',
    name: 'name',
    value: 'rate',
    change: 'change',
    next: 'new rate',
    nextChange: 'new change',
  },
  ascending: 'ascending',
  descending: 'descending',
  addFavourite: (code: string) => `${code}: add to favourites`,
  removeFavourite: (code: string) => `${code}: remove from favourites`,
  units: (nominal: string) => `for ${nominal}`,
  since: (date: string) => `of ${date}`,
  manual: 'manual',
  manualHint: 'Entered manually, not published by the Bank of Russia',
  held: 'held',
  heldHint: 'The bank published an unusual value; it awaits review',
  lineText: (low: string, high: string, count: number) =>
    `From ${low} to ${high}, ${countedInEnglish(count, 'fixing', 'fixings')}`,
  noLine: 'no data',
  linesNotLoaded: 'The last 30 days are not loaded completely.',
  from: (day: string) => `from ${day}:`,

  rouble: 'Russian rouble',
  notLoadedDay: 'The rates of that day are not loaded.',
  dayNotLoaded: 'The sheet of that day is not loaded.',
  toLoad: 'To load them:',
  forOperators: 'For the operator of this service',
  ratesOnDay: 'Rates on',
  otherDays: 'Other days',
  numberColumn: 'No.',
  rateColumn: 'Rate',
  sheetOfDay: 'The Bank of Russia’s sheet of that day: its rows, order and digits as published.',
  carriedOnDay: (date: string) =>
    `That day has no sheet of its own: the sheet of ${date} was in force.`,
  dayDescription: (date: string, rates: string) =>
    `Official rates of the Bank of Russia for ${date}${rates ? `: ${rates}` : ''}. The whole sheet, CSV and the bank’s document.`,
  downloadDocument: (date: string) => `Bank document of ${date} (XML)`,
  documentFile: 'XML file',
  notSetDay: (last: string | null) =>
    `No rate was set on that day${last ? `; the last one is from ${last}` : ''}.`,
  tooLate: 'There are no rates for that day yet.',

  ...HISTORY_IN_ENGLISH,

  rateChanged: (code: string, before: string | null, after: string) =>
    before === null ? `${code}: ${after}` : `${code}: was ${before}, is ${after}`,
  rateGone: (code: string) => `${code}: the rate was deleted`,
  ratesChanged: (count: number, date: string | null) =>
    `${countedInEnglish(count, 'rate was', 'rates were')} updated${date ? `: sheet for ${date}` : ''}`,
  otherDaysChanged: (codes: readonly string[]) =>
    `Rates of other days have changed: ${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ` and ${codes.length - 3} more` : ''}`,

  embed: 'Show these rates on your site',
  embedFrame: 'A frame:',
  embedElement: 'A page element, if the operator of this service has allowed your site:',
  embedOff: 'This is switched off. Name the sites that may show rates in the settings:',
  copy: 'Copy',
  copied: 'Copied',

  printed: (day: string) => `Printed on ${day}`,
  footer: 'Bank of Russia figures, digit for digit.',
  api: 'API reference',
};
