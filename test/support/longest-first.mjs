// It comes with jest.
import TestSequencer from '@jest/test-sequencer';

/**
 * Files that take longest, by what they do (waiting for leases, starting processes), the longest first.
 * Jest goes by the size of a file where it has not run it yet, as in a fresh clone: the drills, three
 * lines each, would come last, and one worker would be left alone with them.
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

/** Starts the longest files first, so that no worker ends long after the others. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONG.findIndex((end) => path.endsWith(end));
      return place < 0 ? LONG.length : place;
    };
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
