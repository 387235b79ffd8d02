import { readFileSync } from 'node:fs';
import { isAllowed, licencesPage, productionPackages } from '../support/licences.js';

describe('the licences of what is installed with the service', () => {
  it('are all known and allowed', () => {
    const packages = productionPackages();
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it('are listed; npm run licences writes the list', () => {
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesPage());
  });

  it.each([
    ['GPL-3.0', false],
    ['none', false],
    ['(MIT AND GPL-3.0)', false],
    ['(GPL-2.0 OR MIT)', true],
  ])('%s is allowed: %s', (licence, expected) => {
    expect(isAllowed(licence)).toBe(expected);
  });
});
