import { settingsFrom } from '../../config/environment.js';
import { DatabaseCondition } from '../../database/database-condition.js';
import { DatabaseReachability } from '../../database/database-reachability.js';
import { DataVersion } from '../answers/data-version.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { CachedAnswers } from './cached-answers.js';
import { WholeAnswer } from './whole-answer.js';

const ANSWER = new WholeAnswer(
  { head: [], body: Buffer.from('[]'), route: '/v1/rates' },
  () => 'no-cache',
);

describe('cached answers', () => {
  let clock: TestClock;
  let data: DataVersion;
  let reachability: DatabaseReachability;
  let answers: CachedAnswers;

  const isCached = () => answers.get('/v1/rates') === ANSWER;

  beforeEach(() => {
    clock = new TestClock('2026-04-24T20:59:59.999Z');
    reachability = new DatabaseReachability(new DatabaseCondition(), clock);
    data = new DataVersion();
    answers = new CachedAnswers(settingsFrom({}), data, reachability, clock);
    reachability.startPoll()();
    answers.storer('/v1/rates')?.(ANSWER);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('are returned while the data is unchanged', () => {
    reachability.startPoll()();
    expect(isCached()).toBe(true);
    expect(answers.get('/v1/rates?codes=USD')).toBeUndefined();
  });

  it('are evicted when the data changes, and do not return', () => {
    data.advance({ logId: 'a', dataVersion: 2 });
    expect(isCached()).toBe(false);
    reachability.startPoll()();
    expect(isCached()).toBe(false);
  });

  it('are not returned after two seconds without the database', () => {
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + 1_900);
    expect(isCached()).toBe(true);
    jest.spyOn(performance, 'now').mockReturnValue(now + 2_100);
    expect(isCached()).toBe(false);
    reachability.startPoll()();
    expect(isCached()).toBe(true);
  });

  it('are evicted at midnight in Moscow', () => {
    clock.set('2026-04-24T21:00:00.000Z');
    expect(isCached()).toBe(false);
  });

  it.each([
    ['the data has changed', () => data.advance({ logId: 'a', dataVersion: 2 })],
    ['the day ended', () => clock.set('2026-04-24T21:00:00.000Z')],
  ])('are not stored if computed while %s', (_, happen) => {
    const store = answers.storer('/v1/rates');
    happen();
    store?.(ANSWER);
    expect(isCached()).toBe(false);
  });
});
