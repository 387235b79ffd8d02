import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { EntitySchema } from 'typeorm';
import { Settings } from '../config/settings.js';
import { Connections, type DatabaseRole } from './connections.js';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseSight } from './database-sight.js';
import { Leases } from './leases.js';
import { MigrationState } from './migration-state.js';
import { READER, Reader } from './reader.js';
import { SNAPSHOT_SOURCE, Snapshots } from './snapshots.js';
import { UnitOfWork, WRITER } from './unit-of-work.js';

/** Opens the database and hands out its two doors: UnitOfWork to write, Reader to read. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  static register(entities: (NewableFunction | EntitySchema)[], role: DatabaseRole): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: Connections,
          inject: [Settings],
          useFactory: (settings: Settings) => Connections.open(settings, entities, role),
        },
        {
          provide: DatabaseCondition,
          inject: [Connections],
          useFactory: ({ condition }: Connections) => condition,
        },
        { provide: WRITER, inject: [Connections], useFactory: ({ writer }: Connections) => writer },
        { provide: READER, inject: [Connections], useFactory: ({ reader }: Connections) => reader },
        {
          provide: SNAPSHOT_SOURCE,
          inject: [Connections],
          useFactory: ({ snapshots }: Connections) => snapshots,
        },
        UnitOfWork,
        Reader,
        DatabaseSight,
        Snapshots,
        Leases,
        MigrationState,
      ],
      exports: [
        UnitOfWork,
        Reader,
        Snapshots,
        Leases,
        MigrationState,
        DatabaseCondition,
        DatabaseSight,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.unitOfWork.settled();
    await this.connections.close();
  }
}
