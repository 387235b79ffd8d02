import { NEVER } from './column-arena.js';
import { ColumnsBuilder } from './columns-builder.js';
import { Interned } from './interned.js';
import { Slices } from '../../database/slices.js';
import { VersionColumns } from './version-columns.js';

const CURRENT = { ended: NEVER, document: 0, revision: 0, note: 0 };
const instants = new Interned<string>();
const at = (text: string) => instants.numberOf(text);

function versionsOf(
  rows: readonly (readonly [day: number, recorded: number])[],
): Promise<VersionColumns> {
  const builder = new ColumnsBuilder(() => 0);
  for (const [day, recorded] of rows) {
    const version = { day, recorded, digits: 1, places: 0, nominal: 1, id: 1, name: 0, bank: 0 };
    builder.add({ ...version, created: recorded, ...CURRENT });
  }
  return builder.build(new Slices());
}

it('finds the earliest recording time, regardless of the order of interning', async () => {
  const [late, early, middle] = ['2026-03-01', '2024-01-01', '2025-01-01'].map(at) as [
    ...[number, number, number],
  ];
  const versions = await versionsOf([
    [1, late],
    [2, early],
    [3, early],
    [4, middle],
  ]);
  expect(versions.firstRecorded(instants)).toBe(early);
  expect(versions.slice(3, 4).firstRecorded(instants)).toBe(middle);
  expect(VersionColumns.NONE.firstRecorded(instants)).toBe(NEVER);
});
