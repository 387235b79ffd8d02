import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { settingsFrom } from '../../src/config/environment.js';
import type { Settings } from '../../src/config/settings.js';
import { Connections } from '../../src/database/connections.js';
import type { ReadRepository } from '../../src/database/read-repository.js';
import { Reader } from '../../src/database/reader.js';
import { Snapshots } from '../../src/database/snapshots.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { DATABASE_TABLES } from '../../src/database/database.module.js';
import { EventLogEntity } from '../../src/events/event-log.entity.js';
import { RATES_TABLES } from '../../src/rates/model/index.js';
import { TASK_TABLES } from '../../src/tasks/tables.js';

const TABLES = [...DATABASE_TABLES, EventLogEntity, ...RATES_TABLES, ...TASK_TABLES];

/** Writing and reading side of a database without a service, for tests that need no other room. */
export class OpenedDatabase {
  private constructor(
    private readonly connections: Connections,
    readonly settings: Settings,
    readonly unitOfWork: UnitOfWork,
    readonly reader: Reader,
  ) {}

  static async open(
    url: string,
    environment: Record<string, string> = {},
  ): Promise<OpenedDatabase> {
    const settings = settingsFrom({ DATABASE_URL: url, ...environment });
    const connections = await Connections.open(settings, TABLES, 'command');
    const { writer, reader, condition } = connections;
    return new OpenedDatabase(
      connections,
      settings,
      new UnitOfWork(writer, condition),
      new Reader(reader, condition),
    );
  }

  get snapshots(): Snapshots {
    const { snapshots, condition } = this.connections;
    return new Snapshots(snapshots, condition);
  }

  /** Reading repository of a table. */
  repository<Row extends ObjectLiteral>(entity: EntityTarget<Row>): ReadRepository<Row> {
    return this.connections.reader.getRepository(entity);
  }

  async close(): Promise<void> {
    await this.unitOfWork.settled();
    await this.connections.close();
  }
}
