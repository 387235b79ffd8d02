import { CodeFilter } from '../../clients/js/src/code-filter.js';

describe('the filter of the client', () => {
  it('wants everything until it is told codes', () => {
    const filter = new CodeFilter();
    expect([filter.codes, filter.isFiltered, filter.accepts('USD')]).toEqual([
      undefined,
      false,
      true,
    ]);
    filter.add(['usd']);
    expect([filter.codes, filter.accepts('USD'), filter.accepts('EUR')]).toEqual([
      ['USD'],
      true,
      false,
    ]);
  });

  it('adds and removes codes, each once', () => {
    const filter = new CodeFilter(['USD', 'eur', ' Usd ']);
    filter.add(['JPY', 'EUR']);
    filter.remove(['usd', 'CNY']);
    expect(filter.codes).toEqual(['EUR', 'JPY']);
  });

  it.each([
    ['no code', () => new CodeFilter([])],
    ['what is no code', () => new CodeFilter(['US,D'])],
    ['too many', () => new CodeFilter(Array.from({ length: 101 }, (_, index) => `X${index}`))],
    ['all but some', () => new CodeFilter().remove(['USD'])],
    ['to be left with nothing', () => new CodeFilter(['USD']).remove(['USD'])],
  ])('refuses %s', (_, wrong) => {
    expect(wrong).toThrow(RangeError);
  });

  it('stays as it was when it refuses', () => {
    const filter = new CodeFilter(['USD']);
    expect(() => filter.add(['?'])).toThrow();
    expect(() => filter.remove(['USD'])).toThrow();
    expect(filter.codes).toEqual(['USD']);
  });
});
