import { KursError } from '../common/kurs.error.js';

/** A file of the page is missing: the installation is incomplete. */
export class PageIncompleteError extends KursError {
  constructor(reason: string, cause: unknown) {
    super('dashboard.page_incomplete', `The page is not completely installed: ${reason}`, {
      cause,
    });
  }
}
