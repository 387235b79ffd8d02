/** What may be mutated, room by room, and the tests that must notice. Entities, DTOs and modules are declarations. */
const DECLARATIONS = [
  '!src/**/*.spec.ts',
  '!src/**/*.module.ts',
  '!src/**/*.entity.ts',
  '!src/**/*.dto.ts',
];

export const ROOMS = {
  /** The parser: the bank's bytes become figures. */
  parser: {
    mutate: [
      'src/cbr/{cbr-*,mojibake,xml-bomb}.ts',
      ...['!src/cbr/cbr-transport.ts', '!src/cbr/cbr.*.ts', ...DECLARATIONS],
    ],
    tests: ['<rootDir>/src/cbr/{cbr-*,mojibake,xml-bomb}.spec.ts'],
  },
  events: {
    mutate: ['src/events/*.ts', ...DECLARATIONS],
    tests: ['<rootDir>/test/rooms/{events,live-delivery,unit-of-work}.spec.ts'],
  },
  rates: {
    mutate: ['src/rates/*.ts', ...DECLARATIONS],
    tests: [
      '<rootDir>/src/rates/**/*.spec.ts',
      '<rootDir>/test/rooms/{fetch-run,record-sheet,original-routes,v1-rates,v1-writes,quarantine,backfill}.spec.ts',
    ],
  },
};
