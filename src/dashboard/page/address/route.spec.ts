import { addressOf, isDay, routeOf, routeOfOldAddress } from './route.js';

const read = (address: string) => {
  const [path = '', query] = address.split('?');
  return routeOf(path, new URLSearchParams(query));
};

describe('the route of an address', () => {
  const dollar = { name: 'currency', code: 'USD', quote: 'RUB', span: null };

  it.each([
    ['', { name: 'list' }],
    ['?sort=-value', { name: 'list' }],
    ['USD', dollar],
    ['USD/EUR', { ...dollar, quote: 'EUR' }],
    ['R01720A', { ...dollar, code: 'R01720A' }],
    ['USD?period=5y', { ...dollar, span: { period: '5y' } }],
    [
      'USD?from=2014-01-01&to=2014-12-31',
      { ...dollar, span: { from: '2014-01-01', to: '2014-12-31' } },
    ],
    ['USD?with=EUR,CNY', { ...dollar, compared: ['EUR', 'CNY'] }],
    [
      'USD/GBP?period=5y&with=EUR&indexed=1',
      {
        ...{ ...dollar, quote: 'GBP', span: { period: '5y' } },
        ...{ compared: ['EUR'], isIndexed: true },
      },
    ],
    ['on/2024-06-03', { name: 'day', day: '2024-06-03' }],
    [
      'convert/100/USD/EUR',
      { name: 'conversion', amount: '100', from: 'USD', to: 'EUR', date: '' },
    ],
    [
      'convert/100/USD/EUR,CNY',
      { name: 'conversion', amount: '100', from: 'USD', to: 'EUR,CNY', date: '' },
    ],
    [
      'convert/0.5/USD/RUB?on=2024-06-03',
      { name: 'conversion', amount: '0.5', from: 'USD', to: 'RUB', date: '2024-06-03' },
    ],
  ])('%s, and back', (address, route) => {
    expect(read(address)).toEqual(route);
    if (!address.startsWith('?')) expect(addressOf(read(address))).toBe(address);
  });

  it.each([
    ...[
      'usd',
      'US-D',
      'USD/EUR/JPY',
      'USD/USD',
      'RUB',
      'on/2024-02-30',
      'on/today',
      'on/2024-06-03/x',
      'on',
    ],
    ...['convert/1e3/USD/EUR', 'convert/-1/USD/EUR', 'convert/100/USD', 'convert/1/USD/EUR?on=x'],
    ...['convert/1/USD/EUR,EUR', 'convert/1/USD/EUR,', 'convert/1/USD/A1,A2,A3,A4,A5,A6,A7,A8,A9'],
  ])('is unknown: %s', (address) => {
    expect(read(address)).toMatchObject({ name: 'unknown' });
  });

  it.each(['period=2y', 'from=2014-01-01', 'from=2015-01-01&to=2014-01-01', 'from=1&to=2'])(
    'ignores days that are none: %s',
    (query) => {
      expect(read(`USD?${query}`)).toEqual(dollar);
    },
  );

  it.each([
    ['with=USD,EUR,EUR,eur,RUB', ['EUR']],
    ['with=EUR,CNY,GBP,JPY', ['EUR', 'CNY', 'GBP']],
    ['with=&indexed=1', undefined],
  ])('compares at most three other currencies, each once: %s', (query, compared) => {
    expect(read(`USD?${query}`)).toEqual(compared ? { ...dollar, compared } : dollar);
  });

  it('leads from addresses of earlier versions', () => {
    expect(routeOfOldAddress('#/')).toEqual({ name: 'list' });
    expect(routeOfOldAddress('#/usd/5y')).toEqual({ ...dollar, span: { period: '5y' } });
    expect(routeOfOldAddress('#/USD/never')).toEqual(dollar);
    for (const hash of ['', '#content', '#/<script>', '#/USD/../x']) {
      expect(routeOfOldAddress(hash)).toBeNull();
    }
  });

  it('has days of the calendar only', () => {
    expect(['2024-02-29', '2023-02-29', '2024-6-3', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
