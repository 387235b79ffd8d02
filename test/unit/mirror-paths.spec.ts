import { MIRRORS } from '../../src/config/setting-rules.js';
import { mirrorOf } from '../../src/mirrors/mirror-paths.js';
import { documentedRoutes } from '../support/documented-routes.js';

const ROUTES = documentedRoutes();
const MIRRORS_OF_TAGS: Readonly<Record<string, string>> = {
  'mirror: www.cbr.ru': 'bank',
  'mirror: cbr-xml-daily.ru': 'json',
  'mirror: SOAP of the Bank of Russia': 'soap',
  'mirror: 1C, RBC': 'tsv',
  'mirror: Frankfurter': 'frankfurter',
};

describe('a path', () => {
  it.each(ROUTES.filter(({ mirrorTag }) => mirrorTag !== undefined))(
    'of a mirror is counted for it, and open to pages: $method $path',
    ({ mirrorTag = '', path, address }) => {
      const expected = MIRRORS_OF_TAGS[mirrorTag];
      expect(expected).toBeDefined();
      // Metrics have the path of the route, requests an address in any case.
      for (const asked of [path.replaceAll(/\{(\w+)\}/g, ':$1'), address, address.toUpperCase()]) {
        expect([asked, mirrorOf(asked, MIRRORS)]).toEqual([asked, expected]);
      }
    },
  );

  it('of any other route belongs to no mirror', () => {
    const others = ROUTES.filter(({ mirrorTag }) => mirrorTag === undefined);
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ address }) => mirrorOf(address, MIRRORS) !== undefined)).toEqual([]);
  });

  it('belongs to a mirror that is open alone', () => {
    const { address } = ROUTES.find(({ mirrorTag }) => mirrorTag !== undefined) ?? { address: '' };
    expect(mirrorOf(address, [])).toBeUndefined();
  });
});
