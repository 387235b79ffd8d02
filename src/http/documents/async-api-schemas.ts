import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from '../../common/async-api-part.js';

/** OpenAPI schemas that `document` references, directly and through others, converted to AsyncAPI. */
export function sharedSchemas(openApi: OpenAPIObject, document: object): Record<string, Schema> {
  const all = openApi.components?.schemas ?? {};
  const wanted = namesIn(document, all);
  // The set grows during iteration.
  for (const name of wanted) for (const other of namesIn(all[name], all)) wanted.add(other);
  return Object.fromEntries([...wanted].map((name) => [name, inAsyncApi(all[name]) as Schema]));
}

function namesIn(document: object | undefined, all: object): Set<string> {
  const found = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g);
  return new Set([...found].map(([, name = '']) => name).filter((name) => name in all));
}

/** Query parameters of a GET as one object, for JSON requests. */
export function queryParametersOf(
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
