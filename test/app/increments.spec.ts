import { createPostgres, type TestDatabase } from '../support/databases.js';
import { getJson, withBody } from '../support/json.js';
import { type RunningKurs, startKurs } from '../support/kurs.js';

interface Stored {
  id: number;
  value: string;
}

describe('two instances on PostgreSQL', () => {
  const CLIENTS = 8;
  const INCREMENTS = 10;

  let database: TestDatabase;
  let instances: RunningKurs[];

  beforeAll(async () => {
    database = await createPostgres();
    const environment = { CBR_BASE_URL: 'http://127.0.0.1:9', DATABASE_URL: database.url };
    instances = [await startKurs(environment), await startKurs(environment)];
  });

  afterAll(async () => {
    for (const kurs of instances) await kurs.stop();
    await database.drop();
  });

  const create = async () => {
    const [{ url }] = instances as [RunningKurs];
    const body = { code: 'SUM', name: 'Sum', value: '1' };
    return getJson<Stored>(`${url}/v1/rates`, withBody('POST', body));
  };
  const patch = (url: string, value: number, tag: string | null) => {
    const init = withBody('PATCH', { value: String(value) });
    return fetch(url, { ...init, headers: { ...init.headers, 'If-Match': tag ?? '' } });
  };

  it.each([
    ['read again by GET after a 412', false],
    ['goes on from the version that the 412 brings', true],
  ])('lose no increment when each client %s', async (_, usesProblem) => {
    const { id } = await create();
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let done = 0, turn = client; done < INCREMENTS; turn++) {
        // Each request goes to the other instance.
        const urlOf = (step: number) => `${instances[(turn + step) % 2]?.url}/v1/rates/${id}`;
        const read = await fetch(urlOf(0));
        let { value } = (await read.json()) as Stored;
        let tag = read.headers.get('etag');
        for (let step = 1; ; step++) {
          const written = await patch(urlOf(step), Number(value) + 1, tag);
          if (written.status === 200) {
            done += 1;
            break;
          }
          expect(written.status).toBe(412);
          if (!usesProblem) break;
          const { current } = (await written.json()) as { current: Stored };
          value = current.value;
          tag = written.headers.get('etag');
        }
      }
    });
    await Promise.all(clients);
    const [one] = instances as [RunningKurs];
    const { value } = await getJson<Stored>(`${one.url}/v1/rates/${id}`);
    expect(value).toBe(String(1 + CLIENTS * INCREMENTS));
  });
});
