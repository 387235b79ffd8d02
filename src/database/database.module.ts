import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { ChangeEntity } from './change.entity.js';
import { Connections, type DatabaseRole } from './connections.js';
import { DatabaseCondition } from './database-condition.js';
import { DatabaseOpening } from './database-opening.js';
import { DatabaseReachability } from './database-reachability.js';
import { LeaseEntity } from './lease.entity.js';
import { Leases } from './leases.js';
import { MigrationState } from './migration-state.js';
import { Reader } from './reader.js';
import { Snapshots } from './snapshots.js';
import { StoreEntity } from './store.entity.js';
import { UnitOfWork } from './unit-of-work.js';

/** Tables of this room. */
export const DATABASE_TABLES = [StoreEntity, LeaseEntity, ChangeEntity];

/**
 * Opens the database. TypeOrmModule gets the reading data source: repositories are injected as usual, and the engine
 * rejects writes through them. The writing one is private to this room, behind UnitOfWork.
 */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  static register(settings: Settings, role: DatabaseRole): DynamicModule {
    const opening = new DatabaseOpening(settings, role);
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => opening.options(),
          dataSourceFactory: (options) => opening.reader(options),
        }),
        TypeOrmModule.forFeature(DATABASE_TABLES),
      ],
      providers: [
        // Injecting DataSource orders this after TypeOrmModule has opened the connections.
        { provide: Connections, inject: [DataSource], useFactory: () => opening.connections },
        {
          provide: DatabaseCondition,
          inject: [Connections],
          useFactory: ({ condition }: Connections) => condition,
        },
        {
          provide: UnitOfWork,
          inject: [Connections],
          useFactory: ({ writer, condition }: Connections) => new UnitOfWork(writer, condition),
        },
        {
          provide: Snapshots,
          inject: [Connections],
          useFactory: ({ snapshots, condition }: Connections) =>
            new Snapshots(snapshots, condition),
        },
        Reader,
        DatabaseReachability,
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
        DatabaseReachability,
        TypeOrmModule,
      ],
    };
  }

  /** For a shutdown: after `ms` milliseconds nothing waits for PostgreSQL any more. Of several calls the first to end counts. */
  giveUpAfter(ms: number): void {
    this.connections.giveUpAfter(ms);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.unitOfWork.settled();
    await this.connections.close();
  }
}
