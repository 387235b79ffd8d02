import { readFileSync } from 'node:fs';

interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema?: { example?: unknown; examples?: unknown[] };
  example?: unknown;
}
interface Operation {
  tags?: string[];
  parameters?: Parameter[];
  security?: unknown[];
  deprecated?: boolean;
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
}
type Paths = Record<string, Record<string, Operation>>;

/** Operation of docs/openapi.json, with an address made of the examples of its required parameters. */
export interface DocumentedRoute {
  method: string;
  path: string;
  address: string;
  isWrite: boolean;
  isDeprecated: boolean;
  /** Tag of the service that it answers as, if it answers as another does. */
  mirrorTag: string | undefined;
  isMirror: boolean;
  hasBody: boolean;
  statuses: string[];
}

/** All operations of the OpenAPI document. */
export function documentedRoutes(): DocumentedRoute[] {
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Paths };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      address: addressOf(path, operation.parameters ?? []),
      isWrite: operation.security !== undefined,
      isDeprecated: operation.deprecated === true,
      mirrorTag: mirrorTagOf(operation),
      isMirror: mirrorTagOf(operation) !== undefined,
      hasBody: operation.requestBody !== undefined,
      statuses: Object.keys(operation.responses),
    })),
  );
}

function mirrorTagOf({ tags = [] }: Operation): string | undefined {
  return tags.find((tag) => tag.startsWith('mirror: '));
}

function addressOf(path: string, parameters: Parameter[]): string {
  const required = parameters.filter((each) => each.required === true);
  const exampleOf = (parameter: Parameter) =>
    encodeURIComponent(
      String(parameter.example ?? parameter.schema?.example ?? parameter.schema?.examples?.[0]),
    );
  const filled = required
    .filter((each) => each.in === 'path')
    .reduce((whole, each) => whole.replace(`{${each.name}}`, exampleOf(each)), path);
  const query = required
    .filter((each) => each.in === 'query')
    .map((each) => `${each.name}=${exampleOf(each)}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}
