import { Client } from 'pg';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { SqliteStatements } from '../../src/database/sqlite-statements.js';

/** A statement sent to a database, with its parameters. */
export interface SeenStatement {
  sql: string;
  parameters: unknown[];
}

/** pg takes a query, too; that of the rate book copies rows. */
type Sent = string | { copying: { sql: string } };
type Method = (sent: Sent, parameters?: readonly unknown[], ...others: unknown[]) => unknown;
interface Target {
  prototype: object;
  names: readonly string[];
}

/** Methods through which this process sends statements, with TypeORM and without. */
const STATEMENT_METHODS: readonly Target[] = [
  { prototype: BetterSqlite3QueryRunner.prototype, names: ['query'] },
  { prototype: Client.prototype, names: ['query'] },
  { prototype: SqliteStatements.prototype, names: ['rows', 'cells', 'lines'] },
];

/** Statements sent by this process while `work` runs. */
export async function statementsSent(work: () => Promise<unknown>): Promise<SeenStatement[]> {
  const seen: SeenStatement[] = [];
  const spies = STATEMENT_METHODS.flatMap(({ prototype, names }) =>
    names.map((name) => {
      const methods = prototype as Record<string, Method>;
      const original = methods[name];
      return jest.spyOn(methods, name).mockImplementation(function (
        this: unknown,
        ...values: Parameters<Method>
      ) {
        const [sent, parameters] = values;
        const sql = typeof sent === 'string' ? sent : sent.copying.sql;
        seen.push({
          sql,
          parameters: Array.isArray(parameters) ? [...(parameters as unknown[])] : [],
        });
        return original?.call(this, ...values);
      });
    }),
  );
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return seen;
}
