// Installed as a dependency of jest.
import TestSequencer from '@jest/test-sequencer';

/**
 * Slowest files by what they do (waiting for leases, starting processes), the slowest first. Without timings, as in a
 * fresh clone, Jest orders by file size: the drills, with three lines each, would run last on a single worker.
 */
const LONG = [
  'dashboard/swagger-ui',
  'dashboard/addresses',
  'drills/fleet',
  'journeys/stream-restore',
  'drills/broker',
  'journeys/backfill',
  'drills/database',
  'storage/rate-book',
  'storage/book-of-services',
  'drills/live',
  'journeys/topology',
  'storage/unit-of-work',
  'journeys/broker-access',
  'journeys/documents',
  'journeys/broker',
  'dashboard/phone',
  'dashboard/page',
  'journeys/shutdown',
  'dashboard/troubles',
  'drills/service',
  'dashboard/embed',
  'journeys/first-light',
  'journeys/consumer',
  'journeys/start',
  'journeys/fleet',
  'storage/restore',
  'clients/browser',
  'app/kurs-reads-kurs',
  'app/http-limits',
  'app/response-cache',
  'app/live-delivery',
  'app/interrupted-backfill',
  'app/sheet-quarantine',
  'app/backfill',
  'app/events',
  'app/jump-over-hole',
  'app/connections',
  'app/unusable-file',
  'app/record-sheet',
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
