import { KursError } from '../common/kurs.error.js';

/** Invalid settings. `complaints` names each setting without its value, which may be a secret. */
export class BadSettingsError extends KursError {
  constructor(readonly complaints: readonly string[]) {
    super('config.bad_settings', `Bad settings: ${complaints.join('; ')}`);
  }
}
