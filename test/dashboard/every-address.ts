/** Each address of the page, and its heading in Russian and English. The clock is at 24 April 2026, a Friday. */
export const ADDRESSES = [
  ['', 'Курсы на 24 апреля 2026', 'Rates for 24 April 2026'],
  ['USD', 'Доллар США', 'US Dollar'],
  ['USD/EUR', 'USD / EUR', 'USD / EUR'],
  ['on/2026-04-20', 'Курсы на 20 апреля 2026', 'Rates for 20 April 2026'],
  ['convert/100/USD/EUR?on=2026-04-20', 'Конвертер', 'Converter'],
] as const;
