import type { Response } from 'express';
import { cacheForADay, nameQuarantined } from '../../http/answers/index.js';
import type { MissingSheet } from '../reading/index.js';
import type { SourceChoice } from '../model/index.js';

/** Facts about an answer besides its rows. */
interface AnswerFacts {
  source: SourceChoice;
  /** Whether all days are past. */
  isPast: boolean;
  /** Codes with missing days. */
  notLoaded?: readonly string[];
  /** Codes with a held fixing. */
  quarantined: readonly string[];
  missingSheet?: MissingSheet | null;
}

/**
 * Names the gaps of an answer in `Kurs-Not-Loaded`, `Kurs-Quarantined` and `Kurs-Missing-Sheet`. Complete answers
 * about past days of the bank are cacheable for a day; manual rates may change at any time.
 */
export function describeAnswer(response: Response, facts: AnswerFacts): void {
  const { source, isPast, notLoaded = [], quarantined, missingSheet } = facts;
  if (notLoaded.length > 0) response.set('Kurs-Not-Loaded', notLoaded.join(','));
  nameQuarantined(response, quarantined);
  if (missingSheet) {
    response.set('Kurs-Missing-Sheet', `${missingSheet.date}; code=${missingSheet.code}`);
  }
  const isComplete = notLoaded.length === 0 && quarantined.length === 0;
  if (isComplete && isPast && source === 'cbr') cacheForADay(response);
}
