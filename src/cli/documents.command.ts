import { Argument, type Command } from 'commander';
import { settingsFromProcess } from '../config/environment.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { kursCommand } from './kurs-command.js';
import { print } from './print.js';

const NOTES = `The service serves the same documents on /openapi.json and /asyncapi.json.

Example:
  kurs documents openapi > openapi.json`;

const DOCUMENTS = ['openapi', 'asyncapi'] as const;

export function documentsCommand(): Command {
  return kursCommand({
    name: 'documents',
    description: 'Prints the OpenAPI or the AsyncAPI document, without starting the service',
    notes: NOTES,
    run: printDocument,
  }).addArgument(new Argument('<document>', 'which document').choices(DOCUMENTS));
}

async function printDocument(name: (typeof DOCUMENTS)[number]): Promise<number> {
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule, asyncApiParts } = await import('../app.module.js');
  const { asyncApiDocument, openApiDocument } = await import('../http/documents/index.js');
  const settings = settingsFromProcess();
  const app = await NestFactory.create(AppModule.register(settings), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  const openApi = openApiDocument(app, settings);
  const document =
    name === 'asyncapi' ? asyncApiDocument(openApi, settings, asyncApiParts) : openApi;
  print(JSON.stringify(document, null, 2));
  return EXIT_SUCCESS;
}
