import { MEDIA_TYPES } from '../../http/answers/index.js';
import type { Format } from '../../common/row-writer.js';
import { type InvalidParameter, InvalidRequestError } from '../../common/invalid-request.error.js';
import { NotAcceptableError } from '../../http/problems/index.js';
import { isRouble } from '../model/index.js';
import type { V1HistoryQuery, V1RatesQuery } from './v1-queries.dto.js';

/** Parameters with combination rules; absent ones are undefined. */
type Parameters = Partial<Omit<V1RatesQuery & V1HistoryQuery, 'codes'>>;

interface Rule extends InvalidParameter {
  /** @param codes requested ones, also that of the path; undefined: all */
  isBroken: (parameters: Parameters, codes: readonly string[] | undefined) => boolean;
}

const isGiven = (one: unknown, other?: unknown) => one !== undefined || other !== undefined;

/** Combinations without a meaning, rejected because any answer would be a guess. */
const RULES: readonly Rule[] = [
  {
    parameter: 'date',
    message: 'date is one day and from–to a range: give one of them',
    isBroken: ({ date, from, to }) => isGiven(date) && isGiven(from, to),
  },
  {
    parameter: 'to',
    message: 'to needs from',
    isBroken: ({ from, to }) => isGiven(to) && !isGiven(from),
  },
  {
    parameter: 'limit',
    message: 'limit and after need from: the rates of a day have one page',
    isBroken: ({ from, limit, after }) => isGiven(limit, after) && !isGiven(from),
  },
];

const HISTORY_RULES: readonly Rule[] = [
  {
    parameter: 'fill',
    message: 'fill and group exclude each other',
    isBroken: ({ fill, group }) => isGiven(fill) && isGiven(group),
  },
  {
    parameter: 'source',
    message: 'source=all has no meaning with fill or group: a day would count twice',
    isBroken: ({ source, fill, group }) => source === 'all' && isGiven(fill, group),
  },
];

const PAIR_RULES: readonly Rule[] = [
  {
    parameter: 'restate',
    message: 'restate has no meaning for cross rates, in which no rouble is counted',
    isBroken: ({ restate, quote = 'RUB' }) => restate === true && !isRouble(quote),
  },
  {
    parameter: 'codes',
    message: 'codes must not name the quote',
    isBroken: ({ quote = 'RUB' }, codes = []) =>
      codes.some((code) => code === quote || (isRouble(code) && isRouble(quote))),
  },
  {
    parameter: 'codes',
    message: 'codes must not name the rouble twice: it is RUR or RUB by its date',
    isBroken: (_, codes = []) => codes.filter(isRouble).length > 1,
  },
];

const RATES_RULES = [...RULES, ...PAIR_RULES];
/** The code is in the path: the parameter is the quote. */
const CODE_RULES = [
  ...HISTORY_RULES,
  ...PAIR_RULES.map((rule) =>
    rule.parameter === 'codes'
      ? { ...rule, parameter: 'quote', message: 'quote must be another currency' }
      : rule,
  ),
];

/** @throws InvalidRequestError that names all violated rules */
export function rejectForRates(query: V1RatesQuery): void {
  reject(query, query.codes, RATES_RULES);
}

/** The same for one currency, whose code is in the path. */
export function rejectForCode(code: string, query: Partial<V1HistoryQuery>): void {
  reject(query, [code], CODE_RULES);
}

/** @throws InvalidRequestError, NotAcceptableError: a rate by id is the stored one, in JSON, independent of any day */
export function rejectForId(parameters: readonly string[], format: Format): void {
  if (format !== 'json') throw new NotAcceptableError([MEDIA_TYPES.json]);
  if (parameters.length === 0) return;
  const message = 'has no meaning for a rate by id';
  throw new InvalidRequestError(
    parameters.map((parameter) => ({ parameter, message: `${parameter} ${message}` })),
  );
}

function reject(
  parameters: Parameters,
  codes: readonly string[] | undefined,
  rules: readonly Rule[],
): void {
  const broken = rules.filter((rule) => rule.isBroken(parameters, codes));
  if (broken.length === 0) return;
  throw new InvalidRequestError(broken.map(({ parameter, message }) => ({ parameter, message })));
}
