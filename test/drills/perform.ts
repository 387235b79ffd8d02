import { messageOf } from '../../src/common/message-of.js';
import { createPostgres, createSqlite } from '../support/databases.js';
import type { CheckResult } from './checks.js';
import type { Drill, EngineName, Scale } from './drill.js';
import { DrillGround } from './drill-ground.js';
import { finalCheck } from './final-check.js';
import { type Operation, OperationLog } from './operation-log.js';

/** What came of a drill. */
export interface Performance {
  results: CheckResult[];
  failures: CheckResult[];
  /** Of its operations, as JSON lines. */
  logPath: string;
}

/** Does a drill on one engine, and checks what every drill is checked for. */
export async function perform(
  drill: Drill,
  engine: EngineName,
  scale: Scale,
  say: (line: string) => void = () => undefined,
): Promise<Performance> {
  const log = new OperationLog(drill.name);
  say(`${drill.name} on ${engine}; operations are kept in ${log.path}`);
  const create = drill.database ?? (engine === 'SQLite' ? createSqlite : createPostgres);
  const ground = await DrillGround.prepare(await create(), log, say, scale.restMs);
  const { checks } = ground;
  try {
    await drill.run(ground, scale);
    await ground.stopWriting();
    const [instance] = ground.instances;
    if (instance) await ground.settled(instance);
    await finalCheck(ground);
  } catch (thrown) {
    checks.that('the drill came to its end', [messageOf(thrown)]);
  } finally {
    await ground.clear();
    await log.close();
  }
  for (const op of new Set(log.operations.map((each) => each.op))) {
    const ofClass = log.operations.filter((each) => each.op === op);
    const unexpected = ofClass.filter(({ result }) => result === 'unexpected');
    checks.that(
      tally(op, ofClass),
      unexpected.map(({ detail }) => detail ?? 'no detail'),
    );
  }
  return { results: checks.results, failures: checks.failures, logPath: log.path };
}

/** `create: 120 acknowledged, 3 unanswered`. */
function tally(op: string, operations: readonly Operation[]): string {
  const counts = new Map<string, number>();
  for (const { result } of operations) counts.set(result, (counts.get(result) ?? 0) + 1);
  return `${op}: ${[...counts].map(([result, count]) => `${count} ${result}`).join(', ')}`;
}
