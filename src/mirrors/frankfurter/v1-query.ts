import type { IncomingMessage } from 'node:http';
import { type Fraction, fraction } from '../../common/rate-arithmetic.js';
import { queryValue } from '../answers/index.js';
import { numberOf, type Pairs } from './cross-rates.js';
import { listOf, reject } from './query-values.js';

const AMOUNT = /^\d{1,15}(?:\.\d{1,15})?$/;

/** Pairs, and an amount that is converted. */
export interface V1Query extends Pairs {
  /** As printed. */
  amount: string;
  factor: Fraction;
}

/** Reads the parameters of version 1, which ignores unknown ones. @throws FrankfurterRequestError */
export function v1Query(request: IncomingMessage): V1Query {
  const base = (queryValue(request, 'from') ?? queryValue(request, 'base') ?? 'EUR').toUpperCase();
  const symbols = queryValue(request, 'to') ?? queryValue(request, 'symbols');
  const quotes = listOf(symbols?.toUpperCase());
  if (quotes?.length === 1 && quotes[0] === base) reject('bad currency pair');
  const given = queryValue(request, 'amount') ?? '1';
  if (!AMOUNT.test(given) || !/[1-9]/.test(given)) reject('invalid amount');
  const factor = fraction(given);
  const plain = numberOf(factor);
  const amount = plain.includes('.') ? plain : `${plain}.0`;
  return { base, quotes, amount, factor };
}
