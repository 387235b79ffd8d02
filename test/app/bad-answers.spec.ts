import { Settings } from '../../src/config/settings.js';
import { BAD_CONNECTIONS, SLOW_ANSWERS } from '../corpus/bad-connections.js';
import { BAD_DOCUMENTS, TRUNCATED } from '../corpus/bad-documents.js';
import { BAD_FIGURES } from '../corpus/bad-figures.js';
import { badRedirects } from '../corpus/bad-redirects.js';
import { type BadAnswer, NEWEST, NEXT, OLDER, sheet } from '../corpus/bad-answer.js';
import { FakeBank } from '../support/fake-bank.js';
import { getJson, type ProblemBody } from '../support/json.js';
import { Rows } from '../support/rows.js';
import { at, EUR, sheetXml } from '../support/sheet-builder.js';
import { SocketClient } from '../support/socket-client.js';
import { TlsBank } from '../support/tls-bank.js';
import { withKurs } from '../support/with-kurs.js';

const NEVER = (): never => {
  throw new Error('nobody asks here');
};
/** Longer than any Retry-After that the service accepts. */
const BETWEEN_CASES_MS = 61 * 60_000;

interface Status {
  seq: number;
  newest_effective_date: string;
  last_success_at: string;
  last_run: object;
}

/** One application for each engine: a rejected answer must not affect the next case either. */
describe('a bad answer of the bank', () => {
  let listener: SocketClient;
  let settings: Settings;
  let before: unknown;

  const run = () => fetch(`${kurs.url}/tasks/run`, { method: 'POST' });
  const publishAndRun = async (document: string) => {
    bank.publish(document);
    return getJson<object>(`${kurs.url}/tasks/run`, { method: 'POST' });
  };

  /** Everything stored, and what readers get. */
  const stored = async () => {
    const rows = new Rows(kurs);
    // Jest compares buffers byte by byte, as fields of an object.
    const documents = (await rows.documents()).map(({ gzipped_bytes, ...rest }) => ({
      ...{ ...rest, gzipped_bytes: gzipped_bytes.toString('base64') },
    }));
    return {
      tables: [await rows.rates(), await rows.revisions(), documents],
      events: await rows.events(),
      original: await getJson(`${kurs.url}/rates/get`),
      inForce: await getJson(`${kurs.url}/v1/rates?date=2026-04-21`),
      status: await standing(),
    };
  };
  const status = () => getJson<Status>(`${kurs.url}/v1/status`);
  const standing = async () => {
    // A missing sheet is reported to readers, so `data_version` may grow.
    const { seq, newest_effective_date, last_success_at } = await status();
    return { seq, newest_effective_date, last_success_at };
  };

  const fixture = withKurs({
    sheets: [OLDER],
    clock: '2026-04-21T12:00:00Z',
    settings: { CBR_MAX_SHRINK_PERCENT: '20' },
    once: true,
  });
  const { bank, kurs, clock } = fixture;
  const impostor = new FakeBank();

  beforeAll(async () => {
    await impostor.open();
    fixture.atTheEnd(() => impostor.stop());
    impostor.publish(NEXT);
    settings = kurs.get(Settings);
    await publishAndRun(NEWEST);
    before = await stored();
    listener = await SocketClient.connect(kurs.url);
    fixture.atTheEnd(() => listener.close());
  });

  beforeEach(() => clock.set(new Date(clock.now().getTime() + BETWEEN_CASES_MS).toISOString()));

  afterEach(() => {
    settings.CBR_TIMEOUT_MS = 30_000;
    settings.CBR_BASE_URL = bank.url;
    bank.misbehave();
  });

  /** Runs, and expects the state to be unchanged. */
  async function takesNothing(failure: string): Promise<void> {
    const code = `cbr.${failure}`;
    const response = await run();
    const problem = (await response.json()) as ProblemBody;
    expect(problem).toMatchObject({ code, status: 502 });
    expect((await status()).last_run).toMatchObject({
      ...{ result: 'failure', code, message: problem.detail, saved: 0 },
      started_at: clock.now().toISOString(),
    });
    expect(problem.detail.length).toBeLessThan(400);
    expect(await stored()).toEqual(before);
    expect(listener.messages).toEqual([]);
  }

  async function from({ answer, code }: BadAnswer): Promise<void> {
    bank.misbehave(answer);
    await takesNothing(code);
  }

  it.each(BAD_FIGURES)('is $name: $code', from);
  it.each(BAD_DOCUMENTS)('is $name: $code', from);
  it.each(TRUNCATED)('is $name: $code', from);
  it.each(BAD_CONNECTIONS)('is $name: $code', from);
  it.each(SLOW_ANSWERS)('is $name: $code', async (slow) => {
    settings.CBR_TIMEOUT_MS = 150;
    await from(slow);
  });

  const someBank = new URL('http://127.0.0.1');
  const redirects = badRedirects(someBank, someBank).map(({ name, code }, index) => ({
    ...{ name, code, index },
  }));
  it.each(redirects)('is a redirect to $name: $code', async ({ index }) => {
    const redirect = badRedirects(new URL(bank.url), new URL(impostor.url))[index];
    expect(redirect).toBeDefined();
    if (redirect) await from(redirect);
    expect(impostor.questions).toEqual([]);
  });

  it.each([
    { name: 'of nobody that is trusted', host: '127.0.0.1', expiresInMs: 3_600_000 },
    { name: 'that has expired', host: 'localhost', expiresInMs: -3_600_000 },
  ])('has a certificate $name: untrusted', async (certificate) => {
    const secure = await TlsBank.start(certificate, { secure: NEVER, plain: NEVER });
    settings.CBR_BASE_URL = `https://localhost:${secure.port}`;
    await takesNothing('untrusted');
    await secure.stop();
  });

  it.each([
    ['has no TLS', () => bank.url.replace('http:', 'https:')],
    ['has no name', () => 'http://bank.invalid'],
    ['does not listen', () => 'http://127.0.0.1:1'],
  ])('is missing because %s: unreachable', async (_, url) => {
    settings.CBR_BASE_URL = url();
    await takesNothing('unreachable');
  });

  it('does not prevent good ones: a fifth fewer currencies, more currencies, and corrections of the previous day', async () => {
    expect(await publishAndRun(sheetXml('22.04.2026', sheet('76,0000', 4)))).toMatchObject({
      ...{ saved: 1, unchanged: 7, effective_date: '2026-04-22' },
    });
    expect(await publishAndRun(sheetXml('23.04.2026', sheet('77,0000', 40)))).toMatchObject({
      ...{ saved: 35, effective_date: '2026-04-23' },
    });
    const corrected = sheet('77,0000', 40).map((each) =>
      each.id === EUR.id ? at(EUR, '87,0000') : each,
    );
    bank.misbehave((_, response) => {
      bank.misbehave();
      bank.publish(sheetXml('22.04.2026', corrected));
      response.writeHead(302, { Location: '/scripts/XML_daily.asp?date_req=22/04/2026' }).end();
    });
    expect(await (await run()).json()).toMatchObject({ effective_date: '2026-04-22' });
    const rates = await new Rows(kurs).rates();
    const euro = rates.find((rate) => rate.code === 'EUR' && rate.effective_date === '2026-04-22');
    expect(euro?.value).toBe('87.0000');
  });
});
