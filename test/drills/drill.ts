import type { TestDatabase } from '../support/databases.js';
import type { DrillGround } from './drill-ground.js';

/** How much of a drill is done. */
export interface Scale {
  rounds: number;
  /** How long a fault lasts, in seconds. */
  seconds: number;
  /** How long each writer rests after a write, in milliseconds; 0 unless told: a storm. */
  restMs?: number;
}

export type EngineName = 'SQLite' | 'PostgreSQL';

/** A fault that is brought about on purpose, and after which every promise must hold. */
export interface Drill {
  /** As in `npm run drill -- <name>`. */
  name: string;
  /** One line for the list of drills. */
  about: string;
  engines: EngineName[];
  /** Engines of the short form, if one covers the other. */
  shortEngines?: EngineName[];
  /** Within the tests. */
  short: Scale;
  /** On demand. */
  long: Scale;
  /** A database of the drill's own making, where the shared servers are not to be touched. */
  database?: () => Promise<TestDatabase>;
  /** Brings the fault about; what was written, stored, sent and received is compared afterwards. */
  run(ground: DrillGround, scale: Scale): Promise<void>;
}
