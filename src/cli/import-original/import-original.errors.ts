import { KursError } from '../../common/kurs.error.js';

/** The file is no database of the original service. */
export class UnusableFileError extends KursError {
  constructor(reason: string, options?: ErrorOptions) {
    super('cli.unusable_file', reason, options);
  }
}
