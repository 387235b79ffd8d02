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

/** The client and the chart, where the page finds them (dashboard/page-files.ts). */
const SERVED_TO_THE_PAGE = '^\\./(client|chart)/';

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-stays-in-its-place`,
  comment: `${room}/ may import ${allowed.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  // The list of tables and the whole house belong to no room; commands build on them.
  to: {
    path: '^src/',
    pathNot: `^src/(${[room, ...allowed].join('|')})/|^src/(entities|app\\.module|main)\\.ts$`,
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'every-room-is-on-the-list',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(ROOMS).join('|')})/` },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'cbr-knows-its-documents-alone',
      comment: 'Of us the bank knows only the words for what it publishes',
      severity: 'error',
      from: { path: '^src/cbr/' },
      to: {
        path: '^src/rates/',
        pathNot: '^src/rates/(daily-sheet|currency-series|currency-dictionary)\\.ts$',
      },
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
