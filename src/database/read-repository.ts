import type { ObjectLiteral, Repository } from 'typeorm';

/**
 * What a room takes of an injected repository: reads. The engine refuses writes on the reading data source; this
 * type refuses them when the code is compiled. Rows are written through UnitOfWork (docs/adr/0002).
 */
export type ReadRepository<Row extends ObjectLiteral> = Pick<
  Repository<Row>,
  'find' | 'findBy' | 'findOne' | 'findOneBy' | 'findOneOrFail' | 'findOneByOrFail' | 'existsBy'
>;
