import { KursError } from '../common/kurs.error.js';

/** One or more settings are unusable; `complaints` names each, without its value, which may be a secret. */
export class BadSettingsError extends KursError {
  constructor(readonly complaints: readonly string[]) {
    super('config.bad_settings', `Bad settings: ${complaints.join('; ')}`);
  }
}
