import type { ObjectLiteral, Repository } from 'typeorm';

/**
 * Reading part of an injected repository. The engine rejects writes on the reading data source; this type rejects
 * them at compile time. Rows are written through UnitOfWork (docs/adr/0002).
 */
export type ReadRepository<Row extends ObjectLiteral> = Pick<
  Repository<Row>,
  'find' | 'findBy' | 'findOne' | 'findOneBy' | 'findOneOrFail' | 'findOneByOrFail' | 'existsBy'
>;
