import { Module } from '@nestjs/common';
import { BackfillCommand } from './backfill.command.js';
import { DocumentsCommand } from './documents.command.js';
import { EventsNewLogCommand } from './events-new-log.command.js';
import { EventsRepublishCommand } from './events-republish.command.js';
import { FetchCommand } from './fetch.command.js';
import { KeysCreateCommand } from './keys-create.command.js';
import { Program } from './program.js';
import { StartCommand } from './start.command.js';

/** Every command, in the order of the help. */
@Module({
  providers: [
    Program,
    StartCommand,
    FetchCommand,
    BackfillCommand,
    EventsRepublishCommand,
    EventsNewLogCommand,
    KeysCreateCommand,
    DocumentsCommand,
  ],
})
export class CommandsModule {}
