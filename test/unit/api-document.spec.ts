import { readFileSync } from 'node:fs';

interface Parameter {
  name: string;
  required?: boolean;
  example?: unknown;
  description?: string;
  schema: { example?: unknown };
}
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: Parameter[];
}
const { paths, tags } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string }[];
};
const operations = Object.values(paths).flatMap((item) => Object.values(item));

/** A route that needs one of its optional parameters, or whose whole answer is too long for a page. */
const PREFILLED: Record<string, string> = {
  ...{ listRates: 'limit', listRatesOfCode: 'limit', listRatesOfCodeInPath: 'limit' },
  ...{ getV1History: 'limit', updateRateByGet: 'value' },
};

describe('the OpenAPI document', () => {
  it('has one line of summary for every operation, and the rest in its description', () => {
    const wrong = operations.filter(({ summary }) => !/^[A-Z][^\n]{5,79}$/.test(summary));
    expect(wrong.map(({ operationId, summary }) => [operationId, summary])).toEqual([]);
    const doubled = operations.filter(({ description = '', summary }) =>
      description.startsWith(summary),
    );
    expect(doubled).toEqual([]);
  });

  it('has one tag for every operation, from the list, in its order', () => {
    const order = tags.map(({ name }) => name);
    const places = operations.map((each) => order.indexOf(each.tags[0] ?? ''));
    expect(operations.filter((each) => each.tags.length !== 1)).toEqual([]);
    expect(Math.min(...places)).toBe(0);
    expect(new Set(places).size).toBe(order.length);
  });

  it('has examples of optional parameters under `examples`, which Swagger UI does not send', () => {
    const sent = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters
        .filter(({ required, example, schema }) => {
          return required !== true && (example ?? schema.example) !== undefined;
        })
        .map(({ name }) => [operationId, name]),
    );
    expect(Object.fromEntries(sent)).toEqual(PREFILLED);
  });
});
