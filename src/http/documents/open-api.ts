import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { Settings } from '../../config/settings.js';
import { VERSION } from '../../config/version.js';
import { addressAsked } from './address-asked.js';
import { withHeaders } from './api-headers.js';
import { problemContent } from '../problems/index.js';
import { asyncApiDocument, type AsyncApiParts, servedAt } from './async-api.js';

const PAGES_PATH = 'docs';
/** Express matches paths case-insensitively. */
const PAGES = new RegExp(`^/${PAGES_PATH}(?:/|$)`, 'i');

/** Swagger UI, and its files. */
export const DOCUMENT_FILES: readonly string[] = [
  ...['', '/', '/swagger-ui.css', '/swagger-ui-bundle.js', '/swagger-ui-standalone-preset.js'],
  ...['/swagger-ui-init.js', '/favicon-32x32.png', '/favicon-16x16.png'],
].map((name) => `/${PAGES_PATH}${name}`);

/** Whether a path belongs to Swagger UI. */
export function isDocumentPage(path: string): boolean {
  return PAGES.test(path);
}

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
  app.use(keepOutOfFolder);
  SwaggerModule.setup(PAGES_PATH, app, openApi, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Kurs API',
    swaggerOptions: { tagsSorter: 'alpha' },
  });
}

function madeOnce<Document extends object>(make: () => Document): () => Document {
  let made: Document | undefined;
  return () => (made ??= make());
}

/** Swagger UI resolves the document's server against its own address, which must not end with a slash. */
function keepOutOfFolder({ path }: Request, response: Response, next: NextFunction): void {
  if (path.toLowerCase() === `/${PAGES_PATH}/`) response.redirect(308, `../${PAGES_PATH}`);
  else next();
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
    .addTag('v1', 'Exact rates with their history: decimals are strings, parameters are strict')
    .addTag('rates', 'The rates, in the shape of the original service')
    .addTag('tasks', 'Fetching from the bank')
    .addTag('status', 'What the service is doing')
    .addTag('mirror: www.cbr.ru', "The bank's own XML")
    .addTag('mirror: 1C, RBC', 'Tab-separated rates for the loaders of 1C')
    .addTag('mirror: Frankfurter', 'Versions 1 and 2 of Frankfurter; its only provider is the bank')
    .addTag('mirror: cbr-xml-daily.ru', 'The JSON and XML of www.cbr-xml-daily.ru')
    .addTag('mirror: SOAP of the Bank of Russia', 'Its service DailyInfo.asmx')
    .build();
  if (PUBLIC_URL !== '') builder.servers?.push({ url: PUBLIC_URL, description: 'Its address' });
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (_controller, method) => method,
  });
  // Explicitly empty: reads require no credentials.
  const paths = withCommonProblems(joinedPaths(document.paths));
  return withHeaders({ ...document, tags: usedTags(document), paths, security: [] });
}

/** Without those of mirrors that are closed (MIRRORS). */
function usedTags({ paths, tags = [] }: OpenAPIObject): OpenAPIObject['tags'] {
  const operations = Object.values(paths).flatMap((item) => Object.values(item) as object[]);
  const used = new Set(operations.flatMap((each) => (each as { tags?: string[] }).tags ?? []));
  return tags.filter(({ name }) => used.has(name));
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
