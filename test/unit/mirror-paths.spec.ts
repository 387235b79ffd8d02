import { MIRRORS } from '../../src/config/setting-rules.js';
import { doorOf } from '../../src/mirrors/doors.js';
import { documentedRoutes } from '../support/documented-routes.js';

const ROUTES = documentedRoutes();
const DOORS_OF_TAGS: Readonly<Record<string, string>> = {
  'mirror: www.cbr.ru': 'bank',
  'mirror: cbr-xml-daily.ru': 'json',
  'mirror: SOAP of the Bank of Russia': 'soap',
  'mirror: 1C, RBC': 'tsv',
  'mirror: Frankfurter': 'frankfurter',
};

describe('a path', () => {
  it.each(ROUTES.filter(({ mirror }) => mirror !== undefined))(
    'of a mirror is counted for it, and open to pages: $method $path',
    ({ mirror = '', path, address }) => {
      const door = DOORS_OF_TAGS[mirror];
      expect(door).toBeDefined();
      // Metrics have the path of the route, requests an address in any case.
      for (const asked of [path.replaceAll(/\{(\w+)\}/g, ':$1'), address, address.toUpperCase()]) {
        expect([asked, doorOf(asked, MIRRORS)]).toEqual([asked, door]);
      }
    },
  );

  it('of any other route belongs to no mirror', () => {
    const others = ROUTES.filter(({ mirror }) => mirror === undefined);
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ address }) => doorOf(address, MIRRORS) !== undefined)).toEqual([]);
  });

  it('belongs to a mirror that is open alone', () => {
    const { address } = ROUTES.find(({ mirror }) => mirror !== undefined) ?? { address: '' };
    expect(doorOf(address, [])).toBeUndefined();
  });
});
