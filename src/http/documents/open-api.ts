import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Settings } from '../../config/settings.js';
import { VERSION } from '../../config/version.js';
import { addressAsked } from './address-asked.js';
import { filledIn, withExamples } from './api-examples.js';
import { withHeaders } from './api-headers.js';
import { withSummaries } from './api-summaries.js';
import { API_TAGS, inOrderOfTags } from './api-tags.js';
import { LiveExamples } from './live-examples.js';
import { serveSwaggerPage } from './swagger-page.js';
import { problemContent } from '../problems/index.js';
import { asyncApiDocument, type AsyncApiParts, servedAt } from './async-api.js';

/**
 * Serves OpenAPI 3.1 on `/openapi.json`, Swagger UI on `/docs` and AsyncAPI 3 on `/asyncapi.json`. The documents are
 * built on the first request: they take a tenth of a start, and most instances never need them.
 */
export function serveDocuments(app: INestApplication, partsOf: AsyncApiParts): void {
  const settings = app.get(Settings);
  const openApi = madeOnce(() => openApiDocument(app, settings));
  const asyncApi = madeOnce(() => asyncApiDocument(openApi(), settings, partsOf));
  app.getHttpAdapter().get('/asyncapi.json', (request: Request, response: Response) => {
    const address = settings.PUBLIC_URL || addressAsked(request);
    response.json(servedAt(address, asyncApi()));
  });
  SwaggerModule.setup('docs', app, openApi, {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
  const examples = app.get(LiveExamples);
  serveSwaggerPage(app.getHttpAdapter(), () => filledIn(openApi(), examples.read()));
}

function madeOnce<Document extends object>(make: () => Document): () => Document {
  let made: Document | undefined;
  return () => (made ??= make());
}

export function openApiDocument(
  app: INestApplication,
  { PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>,
): OpenAPIObject {
  const description =
    'Official exchange rates of the Bank of Russia: every fixing exactly as published. ' +
    '`nominal` units of a currency cost `value` roubles. ' +
    'Changes are pushed on the WebSocket `/ws/rates`. Errors are `application/problem+json` (RFC 9457) with a stable `code`. ' +
    'Every answer carries `X-Request-Id`: the one of the request, if it has 1 to 64 letters, digits or `._:@=+/-`, otherwise a new one.';
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kurs')
    .setDescription(description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    // Relative to the document (OpenAPI 3.1, Server Object): a proxy may have removed a path prefix.
    .addServer('.', 'This service')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api_key')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'The same key' },
      'bearer',
    )
    .build();
  builder.tags = Object.entries(API_TAGS).map(([name, text]) => ({ name, description: text }));
  if (PUBLIC_URL !== '') builder.servers?.push({ url: PUBLIC_URL, description: 'Its address' });
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (_controller, method) => method,
  });
  // Explicitly empty: reads require no credentials.
  const paths = withCommonProblems(joinedPaths(document.paths));
  const whole = withHeaders({ ...document, paths, security: [] });
  return withExamples(withSummaries(inOrderOfTags(whole)));
}

/** Problems that every operation may answer before its handler runs. */
function withCommonProblems(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const common = {
    429: {
      description: 'Too many requests from this address; try again after `Retry-After` seconds',
      content: problemContent({
        status: 429,
        code: 'http.too_many_requests',
        detail: 'Too many requests from this address',
      }),
    },
    default: {
      description:
        'The request is malformed (400), has a method that is not allowed (405, with `Allow`), did not arrive in time (408), is too large (413, 414, 431), ' +
        'has an unsupported format (415) or expectation (417); or the service failed (500)',
      content: problemContent({
        status: 414,
        code: 'http.uri_too_long',
        detail: 'The address is too long; at most 8192 characters',
      }),
    },
  };
  for (const item of Object.values(paths)) {
    for (const operation of Object.values(item) as { responses: object }[]) {
      operation.responses = { ...structuredClone(common), ...operation.responses };
    }
  }
  return paths;
}

/**
 * Nest has the paths `GET /v1/rates/{code}` and `PATCH /v1/rates/{id}`; in OpenAPI, templates that differ only in
 * names are the same path (3.1, Path Templating). The first name is used for both.
 */
function joinedPaths(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const joined: OpenAPIObject['paths'] = {};
  const firstOf = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    const shape = path.replace(TEMPLATE_NAME, '{}');
    const first = firstOf.get(shape) ?? path;
    firstOf.set(shape, first);
    joined[first] = { ...joined[first], ...(first === path ? item : renamed(item, path, first)) };
  }
  return joined;
}

const TEMPLATE_NAME = /\{[^{}]+\}/g;

function renamed<Item extends object>(item: Item, path: string, first: string): Item {
  const names = path.match(TEMPLATE_NAME) ?? [];
  const text = names.reduce((whole, name, index) => {
    const other = first.match(TEMPLATE_NAME)?.[index] ?? name;
    return whole.replaceAll(`"name":"${name.slice(1, -1)}"`, `"name":"${other.slice(1, -1)}"`);
  }, JSON.stringify(item));
  return JSON.parse(text) as Item;
}
