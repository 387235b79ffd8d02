import { getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { RateEntity } from '../../src/rates/model/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { FakeBank } from '../support/fake-bank.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';
import { sheetXml, USD } from '../support/sheet-builder.js';

describe.each(databases)('an injected repository on $engine', ({ create }) => {
  let bank: FakeBank;
  let database: TestDatabase;
  let kurs: RunningKurs;
  let rates: Repository<RateEntity>;

  beforeAll(async () => {
    bank = await FakeBank.start();
    bank.publish(sheetXml('25.04.2026', [USD]));
    database = await create();
    kurs = await startKurs({ CBR_BASE_URL: bank.url, DATABASE_URL: database.url });
    await fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
    rates = kurs.get<Repository<RateEntity>>(getRepositoryToken(RateEntity) as never);
  });

  afterAll(async () => {
    await kurs.stop();
    await database.drop();
    await bank.stop();
  });

  it('reads', async () => {
    expect(await rates.find()).toMatchObject([{ code: 'USD', effective_date: '2026-04-25' }]);
  });

  it.each<[string, (rate: RateEntity) => Promise<unknown>]>([
    ['save', (rate) => rates.save({ ...rate, id: undefined as never, code: 'XAU' })],
    ['insert', (rate) => rates.insert({ ...rate, id: 99, code: 'XAU' })],
    ['update', ({ id }) => rates.update({ id }, { name: 'Other' })],
    ['remove', (rate) => rates.remove(rate)],
    ['delete', ({ id }) => rates.delete({ id })],
    ['clear', () => rates.clear()],
  ])('cannot %s: the engine rejects it', async (_, write) => {
    const stored = await rates.findOneByOrFail({ code: 'USD' });
    await expect(write(stored)).rejects.toThrow(/readonly database|read-only transaction/);
    expect(await rates.find()).toEqual([stored]);
  });
});
