// Installed as a dependency of jest.
import TestSequencer from '@jest/test-sequencer';

/**
 * Slowest files by what they do (waiting for leases, starting processes), the slowest first. Without timings, as in a
 * fresh clone, Jest orders by file size: the drills, with three lines each, would run last on a single worker.
 */
const LONG = [
  'drills/fleet',
  'app/kurs-reads-kurs',
  'journeys/stream-restore',
  'drills/database',
  'drills/broker',
  'journeys/broker',
  'drills/live',
  'journeys/backfill',
  'storage/rate-book',
  'app/interrupted-backfill',
  'drills/service',
  'journeys/start',
  'storage/unit-of-work',
  'storage/restore',
  'journeys/broker-access',
  'app/http-limits',
  'journeys/commands',
  'app/bank-door-history',
  'journeys/rpc',
  'journeys/shutdown',
  'journeys/topology',
  'dashboard/page',
  'app/backfill',
  'app/old-currencies',
  'app/quarantine',
  'app/monthly-rates',
  'app/sheet-backfill',
  'journeys/fleet',
  'app/background-history',
  'journeys/restore',
  'app/record-sheet',
  'app/bad-answers',
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
