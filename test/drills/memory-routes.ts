import type { ReadRoute, Sighting } from './read-load.js';

/** The day of the bank's sheet in a drill. */
const DAY = '2024-04-24';
/** Of the bank's rates, which nobody touches. */
const UNTOUCHED = [
  `/v1/rates?date=${DAY}`,
  `/v1/rates?date=${DAY}&quote=X003`,
  `/v1/rates?from=${DAY}&to=${DAY}&codes=X000,X009`,
  `/v1/rates/X001?date=${DAY}`,
  `/v1/rates/X002/history?from=${DAY}&to=${DAY}`,
  `/v1/convert?amount=12.5&from=X004&to=X005&date=${DAY}`,
  '/v1/currencies',
  '/v1/currencies/X006',
];

interface Row {
  code: string;
  value: string;
}

/** Routes that are answered from memory: the bank's rates as they read now, and those of the codes as they are written. */
export async function memoryRoutes(url: string, codes: readonly string[]): Promise<ReadRoute[]> {
  const untouched = await Promise.all(UNTOUCHED.map((path) => untouchedRoute(url, path)));
  const written = [...codes.flatMap(writtenRoutes), listing('/v1/rates?source=manual', codes)];
  // About as often as the others.
  const times = Math.ceil(written.length / untouched.length);
  return [...written, ...Array<ReadRoute[]>(times).fill(untouched).flat()];
}

async function untouchedRoute(url: string, path: string): Promise<ReadRoute> {
  const response = await fetch(`${url}${path}`);
  const before = await response.text();
  if (response.status !== 200) throw new Error(`${path} is ${response.status}: ${before}`);
  return {
    path,
    sightings: (text) => {
      if (text !== before) throw new Error(`another body than before: ${text.slice(0, 300)}`);
      return [];
    },
  };
}

function writtenRoutes(code: string): ReadRoute[] {
  return [
    {
      path: `/v1/rates/${code}?source=manual`,
      sightings: (text) => [sighting(JSON.parse(text) as Row)],
    },
    {
      path: `/v1/convert?amount=1&from=${code}&to=RUB&source=manual`,
      sightings: (text) => [{ code, value: (JSON.parse(text) as { result: string }).result }],
    },
    listing(`/v1/rates?source=all&codes=${code}`, [code]),
  ];
}

/** Has every one of the codes. */
function listing(path: string, codes: readonly string[]): ReadRoute {
  return {
    path,
    sightings: (text) => {
      const rows = (JSON.parse(text) as Row[]).filter(({ code }) => codes.includes(code));
      if (rows.length !== codes.length) throw new Error(`codes are left out: ${text}`);
      return rows.map(sighting);
    },
  };
}

function sighting({ code, value }: Row): Sighting {
  return { code, value };
}
