import { KursError } from '../common/kurs.error.js';

/** A file of the page is not where it belongs: Kurs is not installed whole. */
export class PageIncompleteError extends KursError {
  constructor(reason: string, cause: unknown) {
    super('dashboard.page_incomplete', `The page is not installed whole: ${reason}`, { cause });
  }
}
