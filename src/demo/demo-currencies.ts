/** One currency of the demo bank: the bank's ID and names, and the unit rate around which made-up figures move. */
export interface DemoCurrency {
  id: string;
  num: string;
  code: string;
  nominal: number;
  name: string;
  nameEn: string;
  /** Roubles for one unit. */
  middle: number;
}

type Row = readonly [string, string, string, number, string, string, number];

const ROWS: readonly Row[] = [
  ['R01010', '036', 'AUD', 1, 'Австралийский доллар', 'Australian Dollar', 51],
  ['R01035', '826', 'GBP', 1, 'Фунт стерлингов', 'British Pound', 104],
  ['R01060', '051', 'AMD', 100, 'Армянских драмов', 'Armenian Dram', 0.205],
  ['R01090B', '933', 'BYN', 1, 'Белорусский рубль', 'Belarusian Ruble', 26.4],
  ['R01115', '986', 'BRL', 1, 'Бразильский реал', 'Brazilian Real', 14.3],
  ['R01135', '348', 'HUF', 100, 'Форинтов', 'Hungarian Forint', 0.235],
  ['R01150', '704', 'VND', 10_000, 'Донгов', 'Vietnamese Dong', 0.0031],
  ['R01210', '981', 'GEL', 1, 'Лари', 'Georgian Lari', 28.9],
  ['R01230', '784', 'AED', 1, 'Дирхам ОАЭ', 'UAE Dirham', 21.2],
  ['R01235', '840', 'USD', 1, 'Доллар США', 'US Dollar', 77.7],
  ['R01239', '978', 'EUR', 1, 'Евро', 'Euro', 88.8],
  ['R01240', '818', 'EGP', 10, 'Египетских фунтов', 'Egyptian Pound', 1.61],
  ['R01270', '356', 'INR', 100, 'Индийских рупий', 'Indian Rupee', 0.89],
  ['R01335', '398', 'KZT', 100, 'Тенге', 'Kazakhstani Tenge', 0.148],
  ['R01350', '124', 'CAD', 1, 'Канадский доллар', 'Canadian Dollar', 56.2],
  ['R01375', '156', 'CNY', 1, 'Юань', 'Chinese Yuan', 11.1],
  ['R01535', '578', 'NOK', 10, 'Норвежских крон', 'Norwegian Krone', 7.7],
  ['R01565', '985', 'PLN', 1, 'Злотый', 'Polish Zloty', 21.1],
  ['R01625', '702', 'SGD', 1, 'Сингапурский доллар', 'Singapore Dollar', 60.4],
  ['R01675', '764', 'THB', 10, 'Батов', 'Thai Baht', 2.4],
  ['R01700J', '949', 'TRY', 10, 'Турецких лир', 'Turkish Lira', 1.85],
  ['R01717', '860', 'UZS', 10_000, 'Узбекских сумов', 'Uzbekistani Som', 0.0065],
  ['R01760', '203', 'CZK', 10, 'Чешских крон', 'Czech Koruna', 3.66],
  ['R01770', '752', 'SEK', 10, 'Шведских крон', 'Swedish Krona', 8.2],
  ['R01775', '756', 'CHF', 1, 'Швейцарский франк', 'Swiss Franc', 96.5],
  ['R01805F', '941', 'RSD', 100, 'Сербских динаров', 'Serbian Dinar', 0.757],
  ['R01810', '710', 'ZAR', 10, 'Рэндов', 'South African Rand', 4.45],
  ['R01815', '410', 'KRW', 1_000, 'Вон', 'South Korean Won', 0.055],
  ['R01820', '392', 'JPY', 100, 'Иен', 'Japanese Yen', 0.505],
];

export const DEMO_CURRENCIES: readonly DemoCurrency[] = ROWS.map(
  ([id, num, code, nominal, name, nameEn, middle]) => ({
    ...{ id, num, code, nominal, name, nameEn, middle },
  }),
);
