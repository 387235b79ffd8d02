import { NestFactory } from '@nestjs/core';
import { Command } from 'nest-commander';
import { settingsFromProcess } from '../config/environment.js';
import { UsageError } from './cli.errors.js';
import { EXIT_SUCCESS } from './exit-codes.js';
import { KursCommand } from './kurs-command.js';
import { say } from './say.js';

@Command({
  name: 'documents',
  arguments: '<document>',
  argsDescription: { document: 'openapi or asyncapi' },
  description: 'Prints the OpenAPI or the AsyncAPI document, without starting anything',
})
export class DocumentsCommand extends KursCommand {
  protected readonly notes = `The same that the service serves on /openapi.json and /asyncapi.json.

Example:
  kurs documents openapi > openapi.json`;

  protected override async execute(_: object, [name]: readonly string[]): Promise<number> {
    if (name !== 'openapi' && name !== 'asyncapi') {
      throw new UsageError(`There is no document "${name}": openapi and asyncapi are`);
    }
    const { AppModule } = await import('../app.module.js');
    const { openApiDocument } = await import('../http/open-api.js');
    const { asyncApiDocument } = await import('../http/async-api.js');
    const settings = settingsFromProcess();
    const app = await NestFactory.create(AppModule.register(settings), {
      preview: true,
      logger: false,
      abortOnError: false,
    });
    const openApi = openApiDocument(app, settings);
    const document = name === 'asyncapi' ? asyncApiDocument(openApi, settings) : openApi;
    say(JSON.stringify(document, null, 2));
    return EXIT_SUCCESS;
  }
}
