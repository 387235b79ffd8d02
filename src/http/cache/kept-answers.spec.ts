import { settingsFrom } from '../../config/environment.js';
import type { Reader } from '../../database/reader.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { KeptAnswers } from './kept-answers.js';
import { WholeAnswer } from './whole-answer.js';

const ANSWER = new WholeAnswer(
  { head: [], body: Buffer.from('[]'), route: '/v1/rates' },
  () => 'no-cache',
);
const STORE = { log_id: 'a', data_version: 1 };

describe('kept answers', () => {
  let clock: TestClock;
  let committed: () => void;
  let looked: (store: object | undefined) => void;
  let answers: KeptAnswers;

  const isKept = () => answers.get('/v1/rates') === ANSWER;

  beforeEach(() => {
    clock = new TestClock('2026-04-24T20:59:59.999Z');
    const reader: unknown = { onLook: (watcher: typeof looked) => (looked = watcher) };
    const unitOfWork: unknown = {
      onCommit: (listener: typeof committed) => (committed = listener),
    };
    answers = new KeptAnswers(settingsFrom({}), reader as Reader, unitOfWork as UnitOfWork, clock);
    looked(STORE);
    answers.keeper('/v1/rates')(ANSWER);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('are given while looks find the same', () => {
    looked({ ...STORE });
    expect(isKept()).toBe(true);
    expect(answers.get('/v1/rates?codes=USD')).toBeUndefined();
  });

  it.each([
    ['this process commits', () => committed()],
    ['a look finds another version', () => looked({ ...STORE, data_version: 2 })],
    ['a look finds another log', () => looked({ ...STORE, log_id: 'b' })],
    ['the store cannot be read', () => looked(undefined)],
  ])('are gone when %s, and do not come back', (_, happen) => {
    happen();
    expect(isKept()).toBe(false);
    looked(STORE);
    expect(isKept()).toBe(false);
  });

  it('are not given when nobody has looked for two seconds', () => {
    const now = performance.now();
    jest.spyOn(performance, 'now').mockReturnValue(now + 1_900);
    expect(isKept()).toBe(true);
    jest.spyOn(performance, 'now').mockReturnValue(now + 2_100);
    expect(isKept()).toBe(false);
  });

  it('are gone with the day in Moscow', () => {
    clock.set('2026-04-24T21:00:00.000Z');
    expect(isKept()).toBe(false);
  });

  it.each([
    ['something was committed', () => committed()],
    ['another instance committed', () => looked({ ...STORE, data_version: 2 })],
    ['the day ended', () => clock.set('2026-04-24T21:00:00.000Z')],
  ])('are none of those that were being worked out while %s', (_, happen) => {
    const keep = answers.keeper('/v1/rates');
    happen();
    keep(ANSWER);
    expect(isKept()).toBe(false);
  });
});
