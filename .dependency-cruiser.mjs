// Who may import whom. Read `allowed` as the whole truth: a package may import itself, what its row names, and no more.

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
}

/** The npm packages that a package's core may import, beside those of ours. */
const LIBRARIES = {
  kernel: ['decimal\\.js', 'temporal-polyfill'],
  metadata: ['zod'],
  postgres: ['@mikro-orm/[^/]+', 'pg'],
  'embedded-postgres': ['embedded-postgres', 'pg'],
  usage: ['@datadog/sketches-js', 'zod'],
  pricing: ['@pydantic/genai-prices', 'zod'],
  webhooks: ['ipaddr\\.js', 'standardwebhooks'],
}

/** Packages that are an adapter as a whole: they may use the database driver and the platform. */
const ADAPTERS = '^packages/(postgres|embedded-postgres)/'

const TESTS = '\\.test\\.ts$|/src/testing/'
const npm = names => `node_modules/(${names.join('|')})/`

const siblingRules = Object.entries(SIBLINGS).map(([name, siblings]) => ({
  name: `${name}-imports-of-ours`,
  comment:
    siblings.length === 0 ? `${name} imports nothing of ours.` : `${name} imports ${siblings.join(', ')} of ours, and nothing else: declare a port instead.`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  // Who may import @tollgate/postgres is a rule of its own.
  to: { path: '^(packages|apps)/', pathNot: `^packages/(${[name, 'postgres', ...siblings].join('|')})/` },
}))

const libraryRules = Object.keys(SIBLINGS).map(name => ({
  name: `${name}-core-libraries`,
  comment: `The core of ${name} imports ${LIBRARIES[name]?.join(', ') ?? 'no library'}; anything else belongs in an adapter.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: `${TESTS}|^packages/${name}/src/postgres/` },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg', 'npm-unknown'], pathNot: npm(LIBRARIES[name] ?? ['^$']) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...siblingRules,
    ...libraryRules,
    {
      name: 'no-cycles',
      comment: 'A dynamic import closes no cycle: it runs when everything is loaded. A feature of the server loads its parts so.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-deep-imports',
      comment: 'A package is entered by its exports: the index of src, src/memory, src/postgres, src/http or src/testing.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: '^packages/[^/]+/', pathNot: '^packages/$2/|^packages/[^/]+/src/((memory|postgres|http|testing)/)?index\\.ts$' },
    },
    {
      name: 'no-deep-imports-from-root',
      comment: 'Tests and benchmarks are users too.',
      severity: 'error',
      from: { path: '^(test|bench|scripts)/' },
      to: { path: '^packages/[^/]+/', pathNot: '^packages/[^/]+/src/((memory|postgres|http|testing)/)?index\\.ts$' },
    },
    {
      name: 'core-imports-no-adapter',
      comment: 'The core knows ports; which adapter stands behind one is decided where they are composed.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: `${TESTS}|/src/(postgres|memory|http)/` },
      to: { path: '^packages/[^/]+/src/(postgres|memory|http|testing)/' },
    },
    {
      name: 'postgres-only-in-postgres',
      comment: 'Of a package, only src/postgres imports @tollgate/postgres.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTERS}|/src/postgres/|${TESTS}` },
      to: { path: '^packages/postgres/' },
    },
    {
      name: 'database-only-in-postgres',
      comment: 'Only src/postgres knows MikroORM and pg.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTERS}|/src/postgres/|${TESTS}` },
      to: { path: npm(['@mikro-orm/[^/]+', 'pg', 'pg-[^/]+']) },
    },
    {
      name: 'core-imports-no-platform',
      comment: 'The core runs in browsers and at the edge, and reads no files, processes or sockets. src/http sends requests with node:http.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `${ADAPTERS}|/src/(postgres|http)/|${TESTS}` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(async_hooks|crypto)$' },
    },
    {
      name: 'graphql-only-in-graphql',
      comment: 'Of the server, only src/graphql knows GraphQL; packages do not.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: npm(['graphql', 'graphql-[^/]+', '@pothos/[^/]+']) },
    },
    {
      name: 'graphql-fast-path-is-fenced',
      comment: 'GraphQL works without its fast path: only the listener, which can leave it out, and the test server import it.',
      severity: 'error',
      from: { path: '^apps/server/', pathNot: '^apps/server/src/graphql/(fast-path/|graphql-listener\\.ts$|testing/)' },
      to: { path: '^apps/server/src/graphql/fast-path/' },
    },
    {
      name: 'no-undeclared-dependencies',
      comment: 'What is imported stands in the package.json of the importer.',
      severity: 'error',
      from: { path: '^(packages|apps|test|bench|scripts)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'no-development-dependencies-in-sources',
      comment: 'Published code needs what it imports: in dependencies or peerDependencies.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: '\\.test\\.ts$' },
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
