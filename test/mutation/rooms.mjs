/** Entities, DTOs and modules are declarations: what is wrong with them no test of a rule can tell. */
const DECLARATIONS = [
  '!src/**/*.spec.ts',
  '!src/**/*.module.ts',
  '!src/**/*.entity.ts',
  '!src/**/*.dto.ts',
];

const RULES_OF_RATES = [
  'model/held-days',
  'model/in-force',
  'quarantine/jump',
  'reading/leg-tracker',
  'model/minor-units',
  'reading/official-in-force',
  'reading/page-position',
  'model/rate-fields',
  'reading/rate-groups',
  'reading/rate-record',
  'model/rouble',
  'reading/series-day',
  'model/sheet-difference',
  'model/sheet-freshness',
  'model/stored-version',
  'v1/v1-combinations',
  'model/working-days',
].map((name) => `src/rates/${name}.ts`);

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
    tests: ['src/events/*.spec.ts', 'test/storage/event-{log,tail,retention}.spec.ts'],
    // What runs while the application is put together alone: decorators, and with them OpenAPI's words.
    ignoreStatic: true,
  },
  /** Of the room of rates what is pure: what a day, a fixing, a period and a parameter are. */
  'rates-rules': {
    mutate: RULES_OF_RATES,
    tests: ['src/rates/**/*.spec.ts'],
    // Holidays, patterns and minor units at the top of a file are rules.
    ignoreStatic: false,
  },
  /** The rest of it: what is stored, found again and answered. Each mutant starts the service anew. */
  'rates-storage': {
    mutate: [
      'src/rates/**/*.ts',
      ...RULES_OF_RATES.map((file) => `!${file}`),
      // What OpenAPI says of problems is a declaration as well.
      '!src/rates/v1/v1-problems.ts',
      ...DECLARATIONS,
    ],
    tests: [
      'record-sheet',
      'original-routes',
      'v1-writes',
      'partly-loaded',
      'v1-rates',
      'v1-revisions',
      'v1-manual-rates',
      'v1-formats',
      'v1-parameters',
      'v1-conditional-requests',
      'quarantine',
      'quarantine-verdicts',
      'backfill',
      'backfilled-days',
      'backfill-failures',
      'rates-by-sheet',
      'import-original',
    ].map((name) => `test/app/${name}.spec.ts`),
    // What runs while the application is put together alone: decorators, and with them OpenAPI's words.
    ignoreStatic: true,
  },
};
