import type { Response } from 'express';
import { keepForADay } from '../../http/answers/index.js';
import type { MissingSheet } from '../reading/index.js';
import type { SourceChoice } from '../model/index.js';

/** What is known about an answer besides its rows. */
interface AnswerFacts {
  source: SourceChoice;
  /** The days are over. */
  isPast: boolean;
  /** Codes about which nothing is said. */
  notLoaded?: readonly string[];
  /** Codes of which a figure of the bank is held. */
  quarantined: readonly string[];
  missingSheet?: MissingSheet | null;
}

/**
 * Names what an answer leaves out, in `Kurs-Not-Loaded`, `Kurs-Quarantined` and `Kurs-Missing-Sheet`. What the bank said about
 * past days may be kept; what people say may change at any time.
 */
export function describeAnswer(response: Response, facts: AnswerFacts): void {
  const { source, isPast, notLoaded = [], quarantined, missingSheet } = facts;
  if (notLoaded.length > 0) response.set('Kurs-Not-Loaded', notLoaded.join(','));
  if (quarantined.length > 0) response.set('Kurs-Quarantined', quarantined.join(','));
  if (missingSheet) {
    response.set('Kurs-Missing-Sheet', `${missingSheet.date}; code=${missingSheet.code}`);
  }
  const isComplete = notLoaded.length === 0 && quarantined.length === 0;
  if (isComplete && isPast && source === 'cbr') keepForADay(response);
}
