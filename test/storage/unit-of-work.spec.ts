import { LOCK_WAIT_MS } from '../../src/database/data-source.options.js';
import { Reader } from '../../src/database/reader.js';
import { StoreEntity } from '../../src/database/store.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RateEditsService } from '../../src/rates/editing/rate-edits.service.js';
import { RateEntity } from '../../src/rates/model/rate.entity.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { Rows } from '../support/rows.js';

const NOBODY = 'http://127.0.0.1:9';
const ROUNDS = 20;
const ALL_BUT_TIMEOUTS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
];

describe.each(databases)('the only write path on $engine', ({ create }) => {
  let database: TestDatabase;
  let kurs: RunningKurs;
  let unitOfWork: UnitOfWork;
  let edits: RateEditsService;
  let rows: Rows;

  beforeEach(async () => {
    database = await create();
    kurs = await startKurs({ CBR_BASE_URL: NOBODY, DATABASE_URL: database.url });
    unitOfWork = kurs.get(UnitOfWork);
    edits = kurs.get(RateEditsService);
    rows = new Rows(kurs);
  });

  afterEach(async () => {
    await kurs.stop();
    await database.drop();
  });

  const newRate = (code: string) => ({ code, name: code, value: '1.50' });
  const dataVersion = async () => (await kurs.get(Reader).store()).data_version;

  it('keeps what was acknowledged and nothing else, with forty concurrent writers', async () => {
    const kept = new Map<number, string>();
    const failed = new Set<string>();
    let expectedEvents = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const ids = [...kept.keys()];
      const creates = Array.from({ length: 16 }, async (_, index) => {
        const rate = await edits.create(newRate(`N${round}X${index}`), null);
        kept.set(rate.id, rate.value);
        expectedEvents += 1;
      });
      const updates = ids.slice(0, 8).map(async (id) => {
        const rate = await edits.update(id, { value: `${round + 2}.${id}` }, null);
        kept.set(id, rate.value);
        expectedEvents += 1;
      });
      const deletes = ids.slice(8, 12).map(async (id) => {
        await edits.delete(id, null);
        kept.delete(id);
        expectedEvents += 1;
      });
      const failures = Array.from({ length: 12 }, async (_, index) => {
        const code = `F${round}X${index}`;
        failed.add(code);
        await expect(failAfterWriting(code)).rejects.toThrow('on purpose');
      });
      await Promise.all([...creates, ...updates, ...deletes, ...failures]);
    }

    const stored = await rows.rates();
    expect(new Map(stored.map(({ id, value }) => [id, value]))).toEqual(kept);
    expect(stored.some(({ code }) => failed.has(code))).toBe(false);
    const log = await rows.events();
    expect(log).toHaveLength(expectedEvents);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.some(({ code }) => failed.has(code))).toBe(false);
  });

  const rateOf = (code: string) => {
    const now = new Date();
    return Object.assign(new RateEntity(), {
      ...newRate(code),
      cbr_id: null,
      nominal: 1,
      effective_date: '2026-01-01',
      source: 'manual',
      created_at: now,
      updated_at: now,
      recorded_at: now,
      document_id: null,
    });
  };

  const failAfterWriting = (code: string) =>
    unitOfWork.run(async (unit) => {
      await unit.insert(RateEntity, [rateOf(code)]);
      throw new Error('on purpose');
    });

  it('returns the ids of many inserted rows in order', async () => {
    await edits.create(newRate('BEFORE'), null);
    const rates = Array.from({ length: 250 }, (_, index) => rateOf(`N${index}`));
    await unitOfWork.run((unit) => unit.insert(RateEntity, rates));
    const stored = new Map((await rows.rates()).map(({ code, id }) => [code, id]));
    expect(rates.map(({ id }) => id)).toEqual(rates.map(({ code }) => stored.get(code)));
    expect(new Set(rates.map(({ id }) => id)).size).toBe(250);
    await unitOfWork.run((unit) => unit.insert(RateEntity, []));
    expect(await rows.rates()).toHaveLength(251);
  });

  it('yields to the event loop between queued writers', async () => {
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => edits.create(newRate(`Q${index}`), null)),
    );
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(39);
  });

  it('rejects those who wait too long in the queue, but not the one who has begun', async () => {
    let end = (): void => undefined;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const slow = unitOfWork.run(() => {
      begin();
      return new Promise<void>((resolve) => (end = resolve));
    });
    await begun;
    const wrote = jest.fn();
    jest.useFakeTimers({ doNotFake: ALL_BUT_TIMEOUTS });
    const late = unitOfWork.run(() => Promise.resolve(wrote()));
    const settled = unitOfWork.settled();
    jest.advanceTimersByTime(LOCK_WAIT_MS);
    jest.useRealTimers();
    await expect(late).rejects.toMatchObject({ code: 'database.busy' });
    await settled;
    const next = edits.create(newRate('NEXT'), null);
    end();
    await slow;
    await expect(next).resolves.toMatchObject({ code: 'NEXT' });
    expect(wrote).not.toHaveBeenCalled();
  });

  it('rejects a nested unit instead of hanging', async () => {
    const nested = unitOfWork.run(() => unitOfWork.run(() => Promise.resolve()));
    await expect(nested).rejects.toMatchObject({ code: 'database.nested_unit' });
    await expect(edits.create(newRate('AFTER'), null)).resolves.toMatchObject({ code: 'AFTER' });
  });

  it('shows readers nothing that is not committed', async () => {
    await unitOfWork.run(async (unit) => {
      await unit.update(StoreEntity, { id: 1 }, { relayed_seq: 77 });
      expect((await kurs.get(Reader).store()).relayed_seq).toBe(0);
    });
    expect((await kurs.get(Reader).store()).relayed_seq).toBe(77);
  });

  it('acknowledges nothing that the engine has rolled back because a statement failed', async () => {
    const unit = unitOfWork.runWithoutVersionBump(async (open) => {
      await open.updateWithoutVersionBump(StoreEntity, { id: 1 }, { relayed_seq: 7 });
      await open
        .select(StoreEntity, 'store')
        .where('no_such_column = 1')
        .getMany()
        .catch(() => undefined);
    });
    const isAcknowledged = await unit.then(
      () => true,
      () => false,
    );
    expect((await kurs.get(Reader).store()).relayed_seq === 7).toBe(isAcknowledged);
  });

  it('rejects writes through the reader', async () => {
    const write = kurs
      .get(Reader)
      .select(StoreEntity, 'store')
      .update(StoreEntity)
      .set({ relayed_seq: 99 })
      .where({ id: 1 })
      .execute();
    await expect(write).rejects.toThrow(/read-?only/i);
  });

  it('increments the version for a change that readers see, and only then', async () => {
    const before = await dataVersion();
    await edits.create(newRate('SEEN'), null);
    expect(await dataVersion()).toBe(before + 1);
    await unitOfWork.run(() => Promise.resolve());
    await unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(StoreEntity, { id: 1 }, { relayed_seq: 1 }),
    );
    await failAfterWriting('FAILED').catch(() => undefined);
    expect(await dataVersion()).toBe(before + 1);
  });

  it('notifies its listeners of those changes only', async () => {
    let commits = 0;
    const forget = unitOfWork.onCommit(() => (commits += 1));
    await edits.create(newRate('TOLD'), null);
    expect(commits).toBe(1);
    await unitOfWork.run(() => Promise.resolve());
    await unitOfWork.run((unit) =>
      unit.updateWithoutVersionBump(StoreEntity, { id: 1 }, { relayed_seq: 2 }),
    );
    await unitOfWork.runWithoutVersionBump((unit) =>
      unit.update(StoreEntity, { id: 1 }, { relayed_seq: 3 }),
    );
    await failAfterWriting('FAILED').catch(() => undefined);
    expect(commits).toBe(1);
    forget();
  });
});
