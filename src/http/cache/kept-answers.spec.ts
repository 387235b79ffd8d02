import { settingsFrom } from '../../config/environment.js';
import { DatabaseCondition } from '../../database/database-condition.js';
import { DatabaseSight } from '../../database/database-sight.js';
import { DataVersion } from '../answers/data-version.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { KeptAnswers } from './kept-answers.js';
import { WholeAnswer } from './whole-answer.js';

const ANSWER = new WholeAnswer(
  { head: [], body: Buffer.from('[]'), route: '/v1/rates' },
  () => 'no-cache',
);

describe('cached answers', () => {
  let clock: TestClock;
  let data: DataVersion;
  let sight: DatabaseSight;
  let answers: KeptAnswers;

  const isKept = () => answers.get('/v1/rates') === ANSWER;

  beforeEach(() => {
    clock = new TestClock('2026-04-24T20:59:59.999Z');
    sight = new DatabaseSight(new DatabaseCondition(), clock);
    data = new DataVersion();
    answers = new KeptAnswers(settingsFrom({}), data, sight, clock);
    sight.look()();
    answers.keeper('/v1/rates')?.(ANSWER);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('are returned while the data is unchanged', () => {
    sight.look()();
    expect(isKept()).toBe(true);
    expect(answers.get('/v1/rates?codes=USD')).toBeUndefined();
  });

  it('are evicted when the data changes, and do not return', () => {
    data.advance({ logId: 'a', dataVersion: 2 });
    expect(isKept()).toBe(false);
    sight.look()();
    expect(isKept()).toBe(false);
  });

  it('are not returned after two seconds without the database', () => {
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + 1_900);
    expect(isKept()).toBe(true);
    jest.spyOn(performance, 'now').mockReturnValue(now + 2_100);
    expect(isKept()).toBe(false);
    sight.look()();
    expect(isKept()).toBe(true);
  });

  it('are evicted at midnight in Moscow', () => {
    clock.set('2026-04-24T21:00:00.000Z');
    expect(isKept()).toBe(false);
  });

  it.each([
    ['the data has changed', () => data.advance({ logId: 'a', dataVersion: 2 })],
    ['the day ended', () => clock.set('2026-04-24T21:00:00.000Z')],
  ])('are not stored if computed while %s', (_, happen) => {
    const keep = answers.keeper('/v1/rates');
    happen();
    keep?.(ANSWER);
    expect(isKept()).toBe(false);
  });
});
