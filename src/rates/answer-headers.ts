import type { Response } from 'express';
import { keepForADay } from '../http/conditional-get.js';
import type { SourceChoice } from './source-choice.js';

/** What is known about an answer besides its rows. */
interface AnswerFacts {
  source: SourceChoice;
  /** The days are over. */
  isPast: boolean;
  /** Codes about which nothing is said. */
  notLoaded?: readonly string[];
  /** Codes of which a figure of the bank is held. */
  quarantined: readonly string[];
}

/**
 * Names what an answer leaves out, in `Kurs-Not-Loaded` and `Kurs-Quarantined`. What the bank said about
 * past days may be kept; what people say may change at any time.
 */
export function describeAnswer(response: Response, facts: AnswerFacts): void {
  const { source, isPast, notLoaded = [], quarantined } = facts;
  if (notLoaded.length > 0) response.set('Kurs-Not-Loaded', notLoaded.join(','));
  if (quarantined.length > 0) response.set('Kurs-Quarantined', quarantined.join(','));
  const isComplete = notLoaded.length === 0 && quarantined.length === 0;
  if (isComplete && isPast && source === 'cbr') keepForADay(response);
}
