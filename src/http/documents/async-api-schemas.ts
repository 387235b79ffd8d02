import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema, or a part of one. */
export type Schema = Record<string, unknown>;

/** OpenAPI schemas of these names and their references, converted to AsyncAPI. */
export function sharedSchemas(openApi: OpenAPIObject, names: string[]): Record<string, Schema> {
  const all = openApi.components?.schemas ?? {};
  const wanted = new Set(names);
  // The set grows during iteration.
  for (const name of wanted) {
    const text = JSON.stringify(all[name]);
    for (const [, other = ''] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) wanted.add(other);
  }
  return Object.fromEntries([...wanted].map((name) => [name, inAsyncApi(all[name]) as Schema]));
}

/** Query parameters of a GET as one object, for JSON requests. */
export function parametersOf(
  { paths }: OpenAPIObject,
  path: string,
  isWanted: (name: string) => boolean = () => true,
): Schema {
  const found = (paths[path]?.get?.parameters ?? []).flatMap((parameter) =>
    'name' in parameter && parameter.in === 'query' && isWanted(parameter.name) ? [parameter] : [],
  );
  const properties = found.map(({ name, description, schema }) => [
    name,
    { ...(inAsyncApi(schema) as Schema), ...(description !== undefined && { description }) },
  ]);
  const required = found.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties) as Schema,
    ...(required.length > 0 && { required }),
  };
}

/** OpenAPI's `example` is `examples` in JSON Schema. */
function inAsyncApi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inAsyncApi);
  if (typeof value !== 'object' || value === null) return value;
  const isSchema = 'example' in value && !('properties' in value && !('type' in value));
  const entries = Object.entries(value).map(([name, part]): [string, unknown] =>
    isSchema && name === 'example' ? ['examples', [part]] : [name, inAsyncApi(part)],
  );
  return Object.fromEntries(entries);
}

/** Reference to a component of the document. */
export function reference(path: string): { $ref: string } {
  return { $ref: `#/components/${path}` };
}
