import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Settings } from '../config/settings.js';
import { asyncApiDocument } from '../http/async-api.js';
import { openApiDocument } from '../http/open-api.js';

/** Prints the OpenAPI document, or with `asyncapi` the other, without starting anything: `npm run documents` keeps docs/ true. */
const settings = new Settings();
const app = await NestFactory.create(AppModule.register(settings), {
  preview: true,
  logger: false,
  abortOnError: false,
});
const openApi = openApiDocument(app);
const isAsync = process.argv[2] === 'asyncapi';
const document = isAsync ? asyncApiDocument(openApi, settings) : openApi;
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
