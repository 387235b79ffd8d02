import type { Unit } from '../../database/unit.js';

/** Called first in every unit of some work; throws to stop the work between two commits. */
export type Checkpoint = (unit: Unit) => Promise<void>;
