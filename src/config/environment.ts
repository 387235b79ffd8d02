import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { config as readDotEnv } from 'dotenv';
import { BadSettingsError } from './config.errors.js';
import { Settings } from './settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `.env` in the working directory, if it exists, and the environment, which takes precedence. */
export function settingsFromProcess(): Settings {
  const fromFile: Record<string, string> = {};
  readDotEnv({ quiet: true, processEnv: fromFile });
  return settingsFrom({ ...fromFile, ...process.env });
}

/**
 * Parses the settings. A setting keeps its default if it is absent, or empty where empty is not a value.
 *
 * @throws BadSettingsError that lists all invalid settings
 */
export function settingsFrom(environment: Environment): Settings {
  const defaults = new Settings();
  const names = Object.keys(defaults) as (keyof Settings)[];
  const given = names.flatMap((name) => {
    const text = environment[name]?.trim();
    return text === undefined || (text === '' && !MAY_BE_EMPTY.has(name)) ? [] : [[name, text]];
  });
  const settings = plainToInstance(Settings, Object.fromEntries(given), {
    exposeDefaultValues: true,
  });
  const complaints = validateSync(settings).flatMap(({ constraints = {} }) =>
    Object.values(constraints).slice(0, 1),
  );
  if (complaints.length > 0) throw new BadSettingsError(complaints);
  // The prefix separates two deployments on one broker.
  if (environment.NATS_MIRROR_SUBJECT === undefined) {
    settings.NATS_MIRROR_SUBJECT = `${settings.NATS_SUBJECT_PREFIX}.updates`;
  }
  return settings;
}

/** Whether npx started this process. */
export function isRunByNpx(): boolean {
  return process.env.npm_lifecycle_event === 'npx';
}

const MAY_BE_EMPTY = new Set<keyof Settings>([
  'NATS_URL',
  'NATS_MIRROR_SUBJECT',
  'ALLOWED_ORIGINS',
]);
