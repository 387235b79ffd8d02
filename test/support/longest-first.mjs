// Installed as a dependency of jest.
import TestSequencer from '@jest/test-sequencer';

/**
 * Slowest files by what they do (waiting for leases, starting processes), the slowest first. Without timings, as in a
 * fresh clone, Jest orders by file size: the drills, with three lines each, would run last on a single worker.
 */
const LONG = [
  'drills/fleet',
  'drills/live',
  'journeys/backfill',
  'drills/broker',
  'drills/service',
  'drills/database',
  'journeys/topology',
  'journeys/shutdown',
  'journeys/stream-restore',
  'journeys/broker',
  'journeys/broker-access',
  'app/bad-answers',
  'journeys/fleet',
  'app/live-delivery',
  'clients/browser',
  'clients/lost-connections',
  'journeys/start',
  'app/record-sheet',
  'app/backfill',
  'app/rates-at-scale',
].map((name) => `/test/${name}.spec.ts`);

/** Starts the slowest files first, so that all workers end at about the same time. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONG.findIndex((end) => path.endsWith(end));
      return place < 0 ? LONG.length : place;
    };
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
