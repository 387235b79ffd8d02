import { currencyHash, routeOf } from './route.js';

describe('the route of an address', () => {
  it.each([
    ['', { name: 'list' }],
    ['#/', { name: 'list' }],
    ['#content', { name: 'list' }],
    ['#/USD', { name: 'currency', code: 'USD', range: '1y' }],
    ['#/usd/5y', { name: 'currency', code: 'USD', range: '5y' }],
    ['#/R01720A/all', { name: 'currency', code: 'R01720A', range: 'all' }],
    ['#/USD/never', { name: 'currency', code: 'USD', range: '1y' }],
    ['#/<script>', { name: 'list' }],
    ['#/USD/../x', { name: 'list' }],
  ])('%s', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it('omits the default range, and round-trips', () => {
    expect(currencyHash('USD')).toBe('#/USD');
    expect(routeOf(currencyHash('USD', 'all'))).toMatchObject({ code: 'USD', range: 'all' });
  });
});
