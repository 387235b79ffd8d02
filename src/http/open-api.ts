import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../config/version.js';

/** Serves the OpenAPI 3.1 document on `/openapi.json` and Swagger UI on `/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Kurs API',
    swaggerOptions: { tagsSorter: 'alpha' },
  });
}

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const description =
    'Official exchange rates of the Bank of Russia: every fixing exactly as published. ' +
    '`nominal` units of a currency cost `value` roubles. ' +
    'Changes are pushed on the WebSocket `/ws/rates`. Errors are `application/problem+json` (RFC 9457) with a stable `code`.';
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kurs')
    .setDescription(description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This service')
    .addTag('rates', 'The rates, in the shape of the original service')
    .addTag('tasks', 'Fetching from the bank')
    .addTag('status', 'What the service is doing')
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (_controller, method) => method,
  });
  // Said, not left out: this version asks for no credentials.
  return { ...document, security: [] };
}
