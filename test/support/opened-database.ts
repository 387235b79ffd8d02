import { settingsFrom } from '../../src/config/environment.js';
import type { Settings } from '../../src/config/settings.js';
import { Connections } from '../../src/database/connections.js';
import { LeaseEntity } from '../../src/database/lease.entity.js';
import { Reader } from '../../src/database/reader.js';
import { StoreEntity } from '../../src/database/store.entity.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ENTITIES } from '../../src/entities.js';

/** The two doors of a database without the service around them: for tests of what needs no other room. */
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
    const entities = [StoreEntity, LeaseEntity, ...ENTITIES];
    const connections = await Connections.open(settings, entities, 'command');
    const { writer, reader, condition } = connections;
    return new OpenedDatabase(
      connections,
      settings,
      new UnitOfWork(writer, condition),
      new Reader(reader, condition),
    );
  }

  async close(): Promise<void> {
    await this.unitOfWork.settled();
    await this.connections.close();
  }
}
