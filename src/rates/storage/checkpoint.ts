import type { Unit } from '../../database/unit.js';

/** Runs first in every unit of some work; throws to stop that work between two commits. */
export type Checkpoint = (unit: Unit) => Promise<void>;
