import { KursError } from '../common/kurs.error.js';
import { messageOf } from '../common/message-of.js';
import { commandLine } from '../config/command-line.js';

/** npm could not build the driver, or was told to leave optional packages out. */
export class SqliteDriverMissingError extends KursError {
  constructor(isOldNode: boolean, options?: ErrorOptions) {
    const advice = isOldNode
      ? 'run Kurs on Node 22.14 or later, or compile one: "npm run build" does so in a clone, "npm install better-sqlite3@12" beside the package'
      : 'install again without --omit=optional';
    const message = `The SQLite driver is not installed; ${advice}, or use PostgreSQL`;
    super('database.no_driver', message, options);
  }
}

/** The lock of a file could not be taken, so nothing would keep other processes out. */
export class LockUnusableError extends KursError {
  constructor(path: string, { cause }: { cause: unknown }) {
    const advice = 'the user that runs Kurs must be able to write it, and its folder';
    const message = `${path} cannot be locked (${messageOf(cause)}): ${advice}`;
    super('database.lock_unusable', message, { cause });
  }
}

/** Each hard link of a file has its own lock and its own WAL: two services would write it, and damage it. */
export class SecondNameError extends KursError {
  constructor(path: string, names: number) {
    const message = `${path} has ${names} names (hard links), and a log beside each; remove the other names, or copy the file`;
    super('database.second_name', message);
  }
}

/** The file is gone, and files beside it may hold its data. */
export class LostDatabaseError extends KursError {
  constructor(path: string, left: readonly string[]) {
    const found = `There is no database ${path}, but beside it ${left.length === 1 ? 'is' : 'are'} ${left.join(', ')}`;
    const advice = `"${commandLine('restore <file>')}" restores a backup or a file set aside; to start with an empty database, move them away`;
    super('database.lost', `${found}: it was lost, or a restore was interrupted; ${advice}`);
  }
}

/** The file is not overwritten without --force. */
export class FileExistsError extends KursError {
  constructor(path: string) {
    super('database.file_exists', `${path} exists; --force replaces it`);
  }
}

/** The disk of the copy is full; the database is not affected. */
export class NoRoomError extends KursError {
  constructor(path: string, options?: ErrorOptions) {
    super('database.no_room', `There is no room for ${path}`, options);
  }
}

/** Another process is writing the same file. */
export class FileInUseError extends KursError {
  constructor(path: string) {
    super('database.file_in_use', `Another kurs command is writing ${path}; let it end first`);
  }
}

/** The copy failed its check. */
export class UnusableCopyError extends KursError {
  constructor(complaints: readonly string[]) {
    super(
      'database.unusable_copy',
      `The copy failed its check and was deleted: ${listed(complaints)}`,
    );
  }
}

/** A restore ended without the backup in place. */
export class FailedRestoreError extends KursError {
  private constructor(message: string, options?: ErrorOptions) {
    super('database.failed_restore', message, options);
  }

  static inPlace(complaints: readonly string[]): FailedRestoreError {
    return new FailedRestoreError(`the restored file is not usable: ${listed(complaints)}`);
  }

  static ofAnother(path: string, cause: unknown): FailedRestoreError {
    const message = `${path} belongs to another user: restore it as that user, or as root`;
    return new FailedRestoreError(message, { cause });
  }

  static undone(path: string, cause: unknown): FailedRestoreError {
    const message = `The restore failed, and ${path} is unchanged: ${messageOf(cause)}`;
    return new FailedRestoreError(message, { cause });
  }

  static notUndone(because: unknown, cause: unknown, left: readonly string[]): FailedRestoreError {
    const reasons = [because, cause].map(messageOf).join('; then, undoing it: ');
    const message = `The restore failed, and so did undoing it; nothing is deleted, look at ${left.join(', ')} (${reasons})`;
    return new FailedRestoreError(message, { cause });
  }
}

/** Shortens the list: a damaged file has as many complaints as pages. */
function listed(complaints: readonly string[]): string {
  const more = complaints.length > 3 ? ` and ${complaints.length - 3} more` : '';
  return complaints.slice(0, 3).join('; ') + more;
}
