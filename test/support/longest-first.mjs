// Installed as a dependency of jest.
import TestSequencer from '@jest/test-sequencer';

/**
 * Slowest files by what they do (waiting for leases, starting processes), the slowest first. Without timings, as in a
 * fresh clone, Jest orders by file size: the drills, with three lines each, would run last on a single worker.
 */
export const LONG = [
  'drills/fleet',
  'dashboard/swagger-ui',
  'journeys/stream-restore',
  'dashboard/addresses',
  'journeys/broker-access',
  'drills/broker',
  'journeys/shutdown',
  'journeys/backfill',
  'drills/live',
  'drills/service',
  'journeys/broker',
  'drills/database',
  'journeys/shutdown-at-start',
  'storage/rate-book',
  'dashboard/troubles',
  'dashboard/page',
  'dashboard/layout-shift',
  'app/bank-mirror-history',
  'journeys/topology',
  'journeys/commands',
  'app/figures-at-mirrors',
  'dashboard/phone',
  'dashboard/currency',
  'journeys/fleet',
  'app/slow-readers',
  'app/record-sheet',
  'storage/unit-of-work',
  'app/monthly-rates',
  'journeys/first-light',
  'dashboard/offline',
  'journeys/start',
  'storage/restore',
  'clients/lost-connections',
  'app/kurs-reads-kurs',
  'app/background-history',
  'dashboard/accountant',
  'app/interrupted-backfill',
  'app/rates-at-scale',
  'app/requests-of-one-address',
  'app/increments',
  'app/writes-without-database',
  'drills/http',
  'clients/browser',
  'journeys/consumer',
  'dashboard/embed-troubles',
  'dashboard/embed-element',
].map((name) => `test/${name}.spec.ts`);

/** Starts the slowest files first, so that all workers end at about the same time. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONG.findIndex((end) => path.endsWith(`/${end}`));
      return place < 0 ? LONG.length : place;
    };
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
