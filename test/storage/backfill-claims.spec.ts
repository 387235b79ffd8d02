import { BackfillClaims } from '../../src/tasks/backfill-claims.js';
import { BackfillEntity } from '../../src/tasks/backfill.entity.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { OpenedDatabase } from '../support/opened-database.js';
import { TestClock } from '../support/test-clock.js';

const TERM_MS = 60_000;
const TAKEN_OVER = { code: 'tasks.taken_over' };

describe.each(databases)('the claim of a backfill on $engine', ({ create }) => {
  let database: TestDatabase;
  let opened: OpenedDatabase;
  let claims: BackfillClaims;

  beforeEach(async () => {
    jest.useFakeTimers({
      doNotFake: [
        ...['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
        ...['clearImmediate', 'setTimeout', 'clearTimeout'],
      ] as never,
    });
    database = await create();
    opened = await OpenedDatabase.open(database.url);
    const { unitOfWork, reader } = opened;
    claims = new BackfillClaims(unitOfWork, reader, new TestClock('2026-04-25T09:00:00Z'));
  });

  afterEach(async () => {
    jest.useRealTimers();
    await opened.close();
    await database.drop();
  });

  const claim = (isPatient = false) => claims.claim('everything', isPatient);
  const row = () => opened.reader.select(BackfillEntity, 'backfill').getOneOrFail();
  /** As if this much time had passed since the last renewal, or a clock had been ahead by it. */
  const shift = async (ms: number) => {
    const { expires_at } = await row();
    await opened.unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(BackfillEntity, { id: 1 }, { expires_at: expires_at + ms }),
    );
  };

  it('is kept while its owner lives, whatever the owner waits for', async () => {
    const claimed = await claim();
    await shift(-TERM_MS);
    expect(await claims.isTaken()).toBe(false);
    jest.advanceTimersByTime(15_000);
    await eventually('the claim is renewed', () => claims.isTaken());
    await claimed.release();
    expect(await claims.isTaken()).toBe(false);
  });

  it('ends when nobody renews it', async () => {
    const claimed = await claim();
    expect(await claims.isTaken()).toBe(true);
    await shift(-TERM_MS);
    expect(await claims.isTaken()).toBe(false);
    const next = await claim(true);
    await expect(opened.unitOfWork.run(claimed.checkpoint)).rejects.toMatchObject(TAKEN_OVER);
    await next.release();
    await claimed.release();
  });

  it('is free when it was claimed under a clock that was ahead', async () => {
    const claimed = await claim();
    await shift(86_400_000);
    expect(await claims.isTaken()).toBe(false);
    const next = await claim(true);
    expect(await claims.isTaken()).toBe(true);
    await next.release();
    await claimed.release();
  });

  it('is not taken over by a run that can wait, but by one that cannot', async () => {
    const first = await claim();
    await expect(claim(true)).rejects.toMatchObject(TAKEN_OVER);
    await opened.unitOfWork.run(first.checkpoint);
    const second = await claim();
    await expect(opened.unitOfWork.run(first.checkpoint)).rejects.toMatchObject(TAKEN_OVER);
    await expect(first.markFinished('R01235')).rejects.toMatchObject(TAKEN_OVER);
    // Neither its renewals nor its release affect the new owner's claim.
    jest.advanceTimersByTime(15_000);
    await first.release();
    expect(await claims.isTaken()).toBe(true);
    await opened.unitOfWork.run(second.checkpoint);
    await second.release();
    expect(await row()).toMatchObject({ owner: null, expires_at: 0 });
  });
});
