/** Entities, DTOs and modules are declarations: what is wrong with them no test of a rule can tell. */
const DECLARATIONS = [
  '!src/**/*.spec.ts',
  '!src/**/*.module.ts',
  '!src/**/*.entity.ts',
  '!src/**/*.dto.ts',
];

/**
 * What may be mutated, room by room, and the tests that must notice: quick ones first, for the first failure
 * decides.
 */
export const ROOMS = {
  /** The parser: the bank's bytes become figures. */
  parser: {
    mutate: ['src/cbr/{cbr-*,mojibake,xml-bomb}.ts', '!src/cbr/cbr-transport.ts', ...DECLARATIONS],
    tests: [
      'src/cbr/cbr-{document,number,root,text}.spec.ts',
      'src/cbr/mojibake.spec.ts',
      'src/cbr/cbr-xml.spec.ts',
      'src/cbr/cbr-history-xml.spec.ts',
      'src/cbr/xml-bomb.spec.ts',
    ],
    // Patterns at the top of a file are the parser's rules.
    ignoreStatic: false,
  },
  events: {
    mutate: ['src/events/*.ts', ...DECLARATIONS],
    // Those that need no service around them: they are ten times as fast.
    tests: ['src/events/*.spec.ts', 'test/rooms/event-log.spec.ts'],
    // What runs while the application is put together alone: decorators, and with them OpenAPI's words.
    ignoreStatic: true,
  },
  rates: {
    // What OpenAPI says of problems is a declaration as well.
    mutate: ['src/rates/*.ts', '!src/rates/v1-problems.ts', ...DECLARATIONS],
    tests: [
      'src/rates/*.spec.ts',
      'test/rooms/record-sheet.spec.ts',
      'test/rooms/original-routes.spec.ts',
      'test/rooms/v1-writes.spec.ts',
      'test/rooms/v1-rates.spec.ts',
      'test/rooms/quarantine.spec.ts',
      'test/rooms/backfill.spec.ts',
    ],
    ignoreStatic: true,
  },
};
