import { eventually } from '../support/eventually.js';
import { at, manyValutes, sheetXml } from '../support/sheet-builder.js';
import type { DrillGround } from './drill-ground.js';
import type { Instance } from './instance.js';

/** Another instance takes over within this time, in milliseconds. */
export const TAKE_OVER_MS = 15_000;
/** How many currencies the bank publishes. */
export const CURRENCIES = 10;
const FIRST_SHEET = Date.UTC(2024, 3, 24);
const DAY_MS = 86_400_000;

/** Two instances on one database, with a broker; the first of them sends. */
export async function startTwo(
  ground: DrillGround,
  environment: Record<string, string> = {},
): Promise<[leader: Instance, other: Instance]> {
  await ground.broker.up();
  const leader = await ground.start(environment);
  await eventually('the first sends', () => leader.relayTerms > 0);
  return [leader, await ground.start(environment)];
}

/** After `fall` of the one that sent, `successor` sends in time, and goes on from where the stream ends. */
export async function takesOver(
  ground: DrillGround,
  successor: Instance,
  fall: () => void | Promise<void>,
): Promise<void> {
  const terms = successor.relayTerms;
  const fallen = performance.now();
  await ground.log.step('fall', fall);
  await ground.log.step('take over', async () => {
    const sends = () => successor.relayTerms > terms;
    await eventually('the other takes over', sends, TAKE_OVER_MS);
    await ground.published(successor);
  });
  ground.say(`taken over after ${Math.round(performance.now() - fallen)} ms`);
}

/** The bank's next sheet: one day later each round, everything at another price. */
export function sheetOf(round: number): string {
  const date = new Date(FIRST_SHEET + round * DAY_MS).toISOString().slice(0, 10);
  const valutes = manyValutes(CURRENCIES).map((valute, index) => {
    return at(valute, `${100 + round + index},0000`);
  });
  return sheetXml(date.split('-').reverse().join('.'), valutes);
}
