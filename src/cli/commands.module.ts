import { Module } from '@nestjs/common';
import { BackupCommand } from './backup.command.js';
import { BackfillCommand } from './backfill.command.js';
import { DocumentsCommand } from './documents.command.js';
import { EventsNewLogCommand } from './events-new-log.command.js';
import { EventsRepublishCommand } from './events-republish.command.js';
import { FetchCommand } from './fetch.command.js';
import { KeysCreateCommand } from './keys-create.command.js';
import { ExportCommand } from './export.command.js';
import { ImportOriginalCommand } from './import-original.command.js';
import { RestoreCommand } from './restore.command.js';
import { StatusCommand } from './status.command.js';
import { DoctorCommand } from './doctor.command.js';
import { Program } from './program.js';
import { StartCommand } from './start.command.js';

/** Every command, in the order of the help. */
@Module({
  providers: [
    Program,
    StartCommand,
    StatusCommand,
    DoctorCommand,
    FetchCommand,
    BackfillCommand,
    ExportCommand,
    BackupCommand,
    RestoreCommand,
    ImportOriginalCommand,
    EventsRepublishCommand,
    EventsNewLogCommand,
    KeysCreateCommand,
    DocumentsCommand,
  ],
})
export class CommandsModule {}
