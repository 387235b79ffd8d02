import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Settings } from '../config/settings.js';
import { openApiDocument } from '../http/open-api.js';

/** Prints the OpenAPI document without starting anything: `npm run openapi` keeps docs/openapi.json true. */
const app = await NestFactory.create(AppModule.register(new Settings()), {
  preview: true,
  logger: false,
  abortOnError: false,
});
process.stdout.write(`${JSON.stringify(openApiDocument(app), null, 2)}\n`);
