import { getJson, type RateBody, withBody } from '../support/json.js';
import type { Drill } from './drill.js';
import type { Instance } from './instance.js';

/** At any moment one of the first two has another date than Moscow. */
const ZONES = ['Pacific/Kiritimati', 'Etc/GMT+12', 'UTC', 'Europe/Moscow'];
const WRITERS = 2;
const CLIENTS = 1;

/** Each round is one time zone. */
export const clock: Drill = {
  name: 'clock',
  about: 'the service runs in many time zones: the date in Moscow counts',
  engines: ['SQLite'],
  short: { rounds: 2, seconds: 0 },
  long: { rounds: 40, seconds: 0 },

  async run(ground, { rounds }) {
    await ground.broker.up();
    const instance = await ground.start();
    await ground.listen(CLIENTS);
    ground.write(WRITERS);
    for (let round = 0; round < rounds; round++) {
      const zone = ZONES[round % ZONES.length] ?? '';
      await ground.acknowledged(10);
      await ground.log.step('stop', () => instance.stop());
      await ground.log.step('start', () => instance.start({ TZ: zone }));
      for (const [name, found] of await datesOf(instance)) {
        const complaint = found.isOfMoscow ? [] : [`${zone} has ${found.date}`];
        ground.checks.that(`${name} is Moscow's in ${zone}`, complaint);
      }
    }
    await ground.acknowledged(10);
  },
};

interface Found {
  date: string;
  isOfMoscow: boolean;
}

/** What the service takes for today; the question may be asked at midnight, and either day is right then. */
async function datesOf({ url }: Instance): Promise<[string, Found][]> {
  const ask = async (question: () => Promise<string>): Promise<Found> => {
    const before = dateInMoscow();
    const date = await question();
    return { date, isOfMoscow: [before, dateInMoscow()].includes(date) };
  };
  const rate = withBody('POST', { code: 'TODAY', name: 'Today', value: '1' });
  const created = async () => (await getJson<RateBody>(`${url}/rates/create`, rate)).effective_date;
  const inForce = async () => {
    const today = `${url}/v1/rates/TODAY?source=manual`;
    return (await getJson<{ requested_date: string }>(today)).requested_date;
  };
  return [
    ['the date of a new rate', await ask(created)],
    ['today', await ask(inForce)],
  ];
}

/** Moscow keeps UTC+3 all year round since 2014; told here without the tables that the service uses. */
function dateInMoscow(): string {
  return new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);
}
