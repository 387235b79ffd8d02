/** Who may import whom: the rooms of src/ and the rooms that each may enter. A room may always enter itself. */
const ROOMS = {
  common: [],
  config: ['common'],
  demo: ['common', 'config'],
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
  // Of cbr the parser of the dictionary; of health the registry that its counter goes to.
  mirrors: ['common', 'config', 'http', 'rates', 'cbr', 'health'],
  dashboard: ['common', 'config', 'http', 'rates'],
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
    'mirrors',
  ],
};

/** The sub-rooms of rates/ and those of them that each may enter. */
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

/** The same of http/. */
const ROOMS_OF_HTTP = {
  express: [],
  problems: [],
  requests: ['problems'],
  answers: ['problems'],
  access: ['express', 'problems', 'answers'],
  documents: ['problems', 'access'],
  telemetry: ['problems', 'access', 'documents'],
  server: ['express', 'problems', 'requests', 'answers', 'access', 'documents', 'telemetry'],
  cache: ['answers', 'access', 'telemetry', 'server'],
};

/** The same of mirrors/: one sub-room a mirror, none knows another. */
const ROOMS_OF_MIRRORS = {
  answers: [],
  bank: ['answers'],
  json: ['answers'],
  soap: ['answers'],
  tsv: ['answers'],
  frankfurter: ['answers'],
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

/** Sub-rooms of a room, each entered by its door. */
const subRoomRules = (parent, rooms) =>
  Object.entries(rooms).flatMap(([room, allowed]) => [
    {
      name: `${parent}-${room}-stays-in-its-place`,
      comment: `${parent}/${room}/ may import ${allowed.join(', ') || `no other room of ${parent}`}`,
      severity: 'error',
      from: { path: `^src/${parent}/${room}/` },
      to: { path: `^src/${parent}/`, pathNot: `^src/${parent}/(${[room, ...allowed].join('|')})/` },
    },
    ...doorRules(`${parent}/${room}`),
  ]);

/** Types of the client and the chart, where the page finds them (dashboard/page-files.ts). */
const SERVED_TO_THE_PAGE = '^src/dashboard/page/(client|chart)/';

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
    ...subRoomRules('rates', ROOMS_OF_RATES),
    ...subRoomRules('http', ROOMS_OF_HTTP),
    ...subRoomRules('mirrors', ROOMS_OF_MIRRORS),
    ...doorRules('cli/import-original'),
    ...doorRules('demo'),
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
      severity: 'error',
      from: { path: '^src/rates/', pathNot: '^src/rates/(original|v1)/|^src/rates/[^/]+\\.ts$' },
      to: { path: '^src/http/' },
    },
    {
      name: 'the-page-stands-alone',
      comment: 'It runs in browsers: it has its own modules and what is served beside them',
      severity: 'error',
      from: { path: '^src/dashboard/page/', pathNot: `\\.spec\\.ts$|${SERVED_TO_THE_PAGE}` },
      to: { pathNot: '^src/dashboard/page/' },
    },
    {
      name: 'nobody-imports-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dashboard/page/' },
      to: {
        path: '^src/dashboard/page/',
        // What the service and the page pass each other, and how both write markup.
        pathNot: '^src/dashboard/page/(?:paint-contract|elements/escaped)\\.ts$',
      },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '\\.spec\\.ts$|^src/dashboard/page/(?:theme|start|worker)\\.ts$|^src/(main|cli/kurs)\\.ts$',
      },
      to: {},
    },
    {
      name: 'production-needs-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: 'node_modules/express/',
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
