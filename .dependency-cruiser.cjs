/** Who may import whom: the rooms of src/ and the rooms that each may enter. A room may always enter itself. */
const ROOMS = {
  common: [],
  config: ['common'],
  database: ['common', 'config'],
  http: ['common', 'config', 'database'],
  events: ['common', 'config', 'database'],
  rates: ['common', 'config', 'database', 'http', 'events'],
  cbr: ['common', 'config', 'rates'],
  tasks: ['common', 'config', 'database', 'http', 'cbr', 'rates'],
  nats: ['common', 'config', 'database', 'events'],
  gateway: ['common', 'config', 'http', 'events', 'rates'],
  health: [
    'common',
    'config',
    'database',
    'http',
    'events',
    'rates',
    'cbr',
    'tasks',
    'nats',
    'gateway',
  ],
  rpc: ['common', 'config', 'database', 'http', 'rates', 'nats', 'health'],
  // Of http it needs what a tag is: the page's files are answered as everything else is.
  dashboard: ['common', 'config', 'http'],
  cli: [
    'common',
    'config',
    'database',
    'http',
    'events',
    'rates',
    'cbr',
    'tasks',
    'nats',
    'gateway',
    'health',
    'rpc',
    'dashboard',
  ],
};

/** The sub-rooms of rates/ and those of them that each may enter. Others enter each by its door, index.ts. */
const ROOMS_OF_RATES = {
  model: [],
  book: ['model'],
  storage: ['model'],
  quarantine: ['model', 'storage'],
  recording: ['model', 'storage', 'quarantine'],
  editing: ['model'],
  reading: ['model', 'book'],
  original: ['model', 'book', 'storage', 'editing'],
  v1: ['model', 'quarantine', 'recording', 'editing', 'reading', 'original'],
};

const SPEC = '\\.spec\\.ts$';

/** A folder that others enter by its index.ts alone. */
const doorRules = (folder) => [
  {
    name: `${folder}-is-entered-by-its-door`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${folder}/|${SPEC}` },
    to: { path: `^src/${folder}/`, pathNot: '/index\\.ts$' },
  },
  {
    name: `${folder}-does-not-use-its-own-door`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: `^src/${folder}/index\\.ts$` },
  },
];

const rulesOfRates = Object.entries(ROOMS_OF_RATES).flatMap(([room, allowed]) => [
  {
    name: `rates-${room}-stays-in-its-place`,
    comment: `rates/${room}/ may import ${allowed.join(', ') || 'no other room of rates'}`,
    severity: 'error',
    from: { path: `^src/rates/${room}/` },
    to: { path: '^src/rates/', pathNot: `^src/rates/(${[room, ...allowed].join('|')})/` },
  },
  ...doorRules(`rates/${room}`),
]);

/** The client and the chart, where the page finds them (dashboard/page-files.ts). */
const SERVED_TO_THE_PAGE = '^\\./(client|chart)/';

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-stays-in-its-place`,
  comment: `${room}/ may import ${allowed.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  // The application as a whole belongs to no room; commands build on it.
  to: {
    path: '^src/',
    pathNot: `^src/(${[room, ...allowed].join('|')})/|^src/(app\\.module|main)\\.ts$`,
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...rulesOfRates,
    ...doorRules('cli/import-original'),
    {
      name: 'every-room-is-on-the-list',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(ROOMS).join('|')})/` },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'cbr-knows-the-model-alone',
      comment:
        'The client and the parsers know the shapes of what the bank publishes, and nothing of what Kurs makes of it',
      severity: 'error',
      from: { path: '^src/cbr/' },
      to: { path: '^src/rates/', pathNot: '^src/rates/model/index\\.ts$' },
    },
    {
      name: 'rates-below-the-routes-know-no-http',
      comment:
        'Columns of a row are described where the row is: the row writer is the one exception',
      severity: 'error',
      from: { path: '^src/rates/', pathNot: '^src/rates/(original|v1)/|^src/rates/[^/]+\\.ts$' },
      to: { path: '^src/http/', pathNot: '^src/http/row-writer\\.ts$' },
    },
    {
      name: 'the-page-stands-alone',
      comment: 'It runs in browsers: it has its own modules and what is served beside them',
      severity: 'error',
      from: { path: '^src/dashboard/page/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: `^src/dashboard/page/|${SERVED_TO_THE_PAGE}` },
    },
    {
      name: 'nobody-imports-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dashboard/page/' },
      to: { path: '^src/dashboard/page/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '\\.spec\\.ts$|^src/dashboard/page/(\\S+\\.d\\.ts|theme\\.js)$|^src/(main|cli/kurs)\\.ts$',
      },
      to: {},
    },
    {
      name: 'production-needs-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: `node_modules/express/|${SERVED_TO_THE_PAGE}`,
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
