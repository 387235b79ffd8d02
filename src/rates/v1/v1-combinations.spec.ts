import { toCalendarDate as day } from '../../common/calendar-date.js';
import { InvalidRequestError } from '../../common/invalid-request.error.js';
import { rejectForCode, rejectForRates } from './v1-combinations.js';

const date = day('2026-04-25');
type RatesQuery = Parameters<typeof rejectForRates>[0];
type HistoryQuery = Parameters<typeof rejectForCode>[1];

/** Parameters for which a query is rejected; undefined if it is not. */
function refused(ask: () => void): string[] | undefined {
  try {
    ask();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof InvalidRequestError)) throw thrown;
    const { errors } = thrown.details as { errors: { parameter: string; message: string }[] };
    expect(errors.every(({ message }) => message.length > 10)).toBe(true);
    return errors.map(({ parameter }) => parameter);
  }
}

describe('parameter combinations without a meaning', () => {
  it.each<[Partial<RatesQuery>, string[] | undefined]>([
    [{}, undefined],
    [{ date }, undefined],
    [{ from: date, to: date, limit: 1, after: '' }, undefined],
    [{ date, from: date }, ['date']],
    [{ date, from: date, to: date }, ['date']],
    [{ date, to: date }, ['date', 'to']],
    [{ to: date }, ['to']],
    [{ limit: 1 }, ['limit']],
    [{ after: '' }, ['limit']],
    [{ restate: true }, undefined],
    [{ restate: true, quote: 'RUR' }, undefined],
    [{ restate: true, quote: 'EUR' }, ['restate']],
    [{ restate: false, quote: 'EUR' }, undefined],
    [{ codes: ['USD', 'GBP'], quote: 'EUR' }, undefined],
    [{ codes: ['USD', 'EUR'], quote: 'EUR' }, ['codes']],
    [{ codes: ['USD', 'RUB'], quote: 'EUR' }, undefined],
    [{ codes: ['USD', 'RUB'] }, ['codes']],
    [{ codes: ['RUR'], quote: 'RUB' }, ['codes']],
    [{ codes: ['RUB', 'RUR'], quote: 'EUR' }, ['codes']],
  ])('among rates: %j is rejected for %j', (query, parameters) => {
    expect(refused(() => rejectForRates(query as RatesQuery))).toEqual(parameters);
  });

  it.each<[string, HistoryQuery, string[] | undefined]>([
    ['USD', {}, undefined],
    ['USD', { fill: 'calendar' }, undefined],
    ['USD', { group: 'week' }, undefined],
    ['USD', { source: 'all' }, undefined],
    ['USD', { fill: 'calendar', group: 'week' }, ['fill']],
    ['USD', { source: 'all', fill: 'calendar' }, ['source']],
    ['USD', { source: 'all', group: 'month' }, ['source']],
    ['USD', { source: 'cbr', group: 'month' }, undefined],
    ['USD', { quote: 'USD' }, ['quote']],
    ['RUB', {}, ['quote']],
    ['RUR', { quote: 'RUB' }, ['quote']],
    ['RUB', { quote: 'USD' }, undefined],
    ['USD', { quote: 'EUR', restate: true }, ['restate']],
    // Rules about days and pages apply only to lists of rates.
    ['USD', { to: date, limit: 1 }, undefined],
  ])('in the history of %s: %j is rejected for %j', (code, query, parameters) => {
    expect(refused(() => rejectForCode(code, query))).toEqual(parameters);
  });

  it('are reported together', () => {
    expect(refused(() => rejectForRates({ to: date, codes: ['RUB'] } as RatesQuery))).toEqual([
      'to',
      'codes',
    ]);
    expect(() => rejectForCode('USD', { quote: 'USD' })).toThrow('quote must be another currency');
    expect(() => rejectForRates({ codes: ['RUB'] } as RatesQuery)).toThrow(
      'codes must not name the quote',
    );
  });
});
