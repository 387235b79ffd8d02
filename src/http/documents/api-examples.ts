import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './api-operations.js';

const PREFILLED = 'x-prefilled';
/** Methods whose parameters may be filled in: what a POST or DELETE takes away is the user's to name. */
const PREFILLING = ['get', 'patch'];

/** Optional parameters that Swagger UI fills in: the route needs one of them, or answers more than a page can show. */
export const ApiPrefilled = (...names: string[]): MethodDecorator => ApiExtension(PREFILLED, names);

type Value = string | number | boolean;

interface Parameter {
  name: string;
  required?: boolean;
  description?: string;
  example?: Value;
  schema?: { type?: string; default?: Value; example?: Value; examples?: Value[] };
}

/**
 * Turns `example` into `examples` of the schema (OpenAPI 3.1, JSON Schema) where the value is only an example: Swagger
 * UI sends every `example` of a parameter.
 */
export function withExamples(document: OpenAPIObject): OpenAPIObject {
  for (const { method, operation } of operationsOf(document)) {
    const { [PREFILLED]: wanted = [] } = operation as { [PREFILLED]?: string[] };
    Reflect.deleteProperty(operation, PREFILLED);
    for (const parameter of operation.parameters as Parameter[]) {
      const { name, required, schema = {} } = parameter;
      const isPrefilled = required === true && PREFILLING.includes(method);
      const { example = schema.example } = parameter;
      if (isPrefilled || wanted.includes(name) || example === undefined) continue;
      Reflect.deleteProperty(parameter, 'example');
      Reflect.deleteProperty(schema, 'example');
      parameter.schema = { ...schema, examples: [example] };
    }
  }
  return document;
}

/**
 * The document for Swagger UI: with values that exist now in place of prefilled examples, and with the other examples
 * in the descriptions, as it does not show `examples`.
 */
export function filledIn(
  document: OpenAPIObject,
  values: Record<string, string | number>,
): OpenAPIObject {
  const filled = structuredClone(document);
  for (const { operation } of operationsOf(filled)) {
    for (const parameter of operation.parameters as Parameter[]) {
      const { name, schema = {}, description = '' } = parameter;
      const [example] = schema.examples ?? [];
      const value = schema.example === undefined ? undefined : values[nameOf(schema, name)];
      if (value !== undefined) schema.example = value;
      // A default is filled in, which shows it.
      if (example === undefined || schema.default !== undefined) continue;
      parameter.description = `${description}\n\nExample: \`${String(example)}\``;
    }
  }
  return filled;
}

/** `PATCH /v1/rates/{id}` shares its path with `GET /v1/rates/{code}`, and has the name of that parameter. */
function nameOf({ type }: { type?: string }, name: string): string {
  return name === 'code' && type === 'integer' ? 'rate_id' : name;
}
