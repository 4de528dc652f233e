import type { BlockList } from 'node:net'
import { resolve } from 'node:path'
import { DomainError, InvalidInput, type Issue } from '@tollgate/kernel'
import type { SamplingRule } from '@tollgate/audit'
import { billingEnvironment, type BillingEnvironment } from './billing-environment.ts'
import { environmentVariables, type EnvironmentVariables, SETTING_NAMES } from './environment-variables.ts'
import { type UnknownVariable, unknownVariables } from './unknown-variables.ts'

/** The settings of the process, checked. */
export interface Environment {
  /** 0 lets the operating system choose. */
  readonly port: number
  /** The address to listen on. "0.0.0.0" listens on all of them. */
  readonly host: string
  /** How long a connection without a request stays open. */
  readonly keepAliveSeconds: number
  /** Maximum number of connections in all, and from one address. */
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  /** Proxies whose header X-Forwarded-For names the address of the client. Undefined for none. */
  readonly trustedProxies: BlockList | undefined
  /** Maximum memory for the bodies of requests in progress. */
  readonly bodyMemoryMegabytes: number
  /** The key that `/metrics` requires; undefined for none. */
  readonly metricsKey: string | undefined
  /** A port of its own for health and metrics. 0 lets the operating system choose; undefined serves them at `port`. */
  readonly metricsPort: number | undefined
  /** Absolute. The embedded database and other local state live here. */
  readonly dataDirectory: string
  /** Undefined to use the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** URL of the owner of the database. Undefined if that is `databaseUrl`, or with the embedded PostgreSQL. */
  readonly migrationsUrl: string | undefined
  /** How long a start waits for another process that migrates the database. */
  readonly migrationWaitSeconds: number
  /** Whether statements are prepared by name, which not every pooler knows. Undefined for no, if `databaseUrl` goes through one. */
  readonly preparedStatements: boolean | undefined
  /** Connections for commits, decisions and changes, for reads, and for background jobs. */
  readonly writeConnections: number
  readonly readConnections: number
  readonly jobConnections: number
  /** Maximum number of reads of one tenant at the same time. */
  readonly tenantReads: number
  /** How many seconds of a connection the reads of one tenant may use in each minute. 0: no limit. */
  readonly tenantReadSeconds: number
  /** How long a request waits for its turn at the database. */
  readonly readWaitSeconds: number
  /** How far the machine's clock may be from the database's before the server refuses to serve. 0: any distance. */
  readonly maxClockOffsetSeconds: number
  readonly operatorKey: string | undefined
  /** Plans that tenants may simulate besides their own. */
  readonly publicPlans: readonly string[]
  readonly demo: boolean
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' | undefined
  /** How long the server still serves after SIGTERM, while load balancers hear that it is stopping. */
  readonly lameDuckSeconds: number
  /** How long a shutdown waits for requests in progress. */
  readonly drainSeconds: number
  /** How long a shutdown still responds on connections that have no request, before it closes them. */
  readonly idleGraceSeconds: number
  /** Whether GraphQL uses its fast path. */
  readonly fastPath: boolean
  /** Whether clients can read the schema, and whether GraphiQL is served. Both default to no in production. */
  readonly introspection: boolean
  readonly graphiql: boolean
  /** Whether the dashboard is served at `/`, if it was built. */
  readonly dashboard: boolean
  /** The directory that it was built to. Undefined for the one beside the package of the server. */
  readonly dashboardDirectory: string | undefined
  /** File or folder of persisted operations; undefined for none. */
  readonly persistedOperations: string | undefined
  /** Whether clients can send persisted operations only. */
  readonly persistedOnly: boolean
  /** Origins whose pages may use the API. Undefined for all. */
  readonly allowedOrigins: readonly string[] | undefined
  /** Whether webhooks of tenants may use http and private addresses. */
  readonly webhookAllowPrivate: boolean
  /** Seconds to wait before each retry of a webhook delivery; undefined for those of Standard Webhooks. */
  readonly webhookRetrySeconds: readonly number[] | undefined
  /** Address of the manifest of a price feed; undefined for none. */
  readonly pricesUrl: string | undefined
  /** Keys that may sign the price feed. */
  readonly pricesPublicKeys: readonly string[]
  /** Unique name of the installation in checkpoints of audit logs. */
  readonly auditName: string
  /** Families of audit events that are sampled. */
  readonly auditSampling: readonly SamplingRule[]
  /** Keys that encrypt secrets in the database, separated by commas, the current one first. Undefined to read them from a file. */
  readonly encryptionKeys: string | undefined
  /** File with these keys; undefined for one in the data directory. */
  readonly encryptionKeyFile: string | undefined
  /** File with the keys of audit logs; undefined for one in the data directory. */
  readonly auditKeyFile: string | undefined
  /** Where months of audit logs are archived, and how many months are kept in the database. Undefined to keep all there. */
  readonly auditArchive: { readonly directory: string; readonly months: number } | undefined
  /** File that checkpoints of audit logs are appended to; undefined for none. */
  readonly auditCheckpointFile: string | undefined
  /** How payments are taken and e-mails are sent. */
  readonly billing: BillingEnvironment
  /** The user's directory: npm runs scripts in the root of the project, wherever it was called. */
  readonly workingDirectory: string
}

/** Environment variables have invalid values. The message names each and says what it must be. */
export class BadEnvironment extends DomainError<'BAD_ENVIRONMENT'> {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('BAD_ENVIRONMENT', issues.map(({ path, message }) => `${path} ${message}.`).join('\n'))
    this.issues = issues
  }
}

/** Longer than nginx by default leaves out a server that it could not reach, so that it knows again the one that was restarted before. */
const LAME_DUCK_SECONDS = 12

/** Reads the environment variables; no other code does. Throws `BadEnvironment`. */
export function readEnvironment(from: Readonly<Record<string, string | undefined>> = process.env): Environment {
  // An empty variable counts as unset: `PORT= npm start` is how shells and compose files omit one.
  const set = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environmentVariables.safeParse(set)
  if (!parsed.success) {
    throw new BadEnvironment(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const values = parsed.data
  if (values.TOLLGATE_PRICES_URL !== undefined && values.TOLLGATE_PRICES_PUBLIC_KEY === undefined) {
    const message = 'is required with TOLLGATE_PRICES_URL: prices that nobody signed are not used'
    throw new BadEnvironment([{ path: 'TOLLGATE_PRICES_PUBLIC_KEY', message }])
  }
  if (values.TOLLGATE_ENCRYPTION_KEY !== undefined && values.TOLLGATE_ENCRYPTION_KEY_FILE !== undefined) {
    throw new BadEnvironment([{ path: 'TOLLGATE_ENCRYPTION_KEY_FILE', message: 'must not be set together with TOLLGATE_ENCRYPTION_KEY' }])
  }
  if (values.TOLLGATE_PERSISTED_ONLY && values.TOLLGATE_PERSISTED_OPERATIONS === undefined) {
    throw new BadEnvironment([{ path: 'TOLLGATE_PERSISTED_ONLY', message: 'needs TOLLGATE_PERSISTED_OPERATIONS, the file or folder of the operations' }])
  }
  if (values.TOLLGATE_MIGRATIONS_URL !== undefined && values.DATABASE_URL === undefined) {
    throw new BadEnvironment([{ path: 'TOLLGATE_MIGRATIONS_URL', message: 'needs DATABASE_URL, the URL of the role of the server' }])
  }
  if (asksForTls(values.DATABASE_URL) && values.TOLLGATE_MIGRATIONS_URL !== undefined && !asksForTls(values.TOLLGATE_MIGRATIONS_URL)) {
    const message = 'needs an sslmode as DATABASE_URL has, because notifications and jobs use its address; sslmode=disable connects without encryption'
    throw new BadEnvironment([{ path: 'TOLLGATE_MIGRATIONS_URL', message }])
  }
  const isProduction = values.NODE_ENV === 'production'
  return {
    port: values.PORT,
    host: values.TOLLGATE_HOST,
    keepAliveSeconds: values.TOLLGATE_KEEP_ALIVE_SECONDS,
    maxConnections: values.TOLLGATE_MAX_CONNECTIONS,
    maxConnectionsPerAddress: values.TOLLGATE_MAX_CONNECTIONS_PER_ADDRESS,
    trustedProxies: values.TOLLGATE_TRUSTED_PROXIES,
    bodyMemoryMegabytes: values.TOLLGATE_BODY_MEMORY_MB,
    metricsKey: values.TOLLGATE_METRICS_KEY,
    metricsPort: values.TOLLGATE_METRICS_PORT,
    dataDirectory: resolve(values.TOLLGATE_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    migrationsUrl: values.TOLLGATE_MIGRATIONS_URL,
    migrationWaitSeconds: values.TOLLGATE_MIGRATION_WAIT_SECONDS,
    preparedStatements: values.TOLLGATE_PREPARED_STATEMENTS,
    ...connectionsOf(values),
    maxClockOffsetSeconds: values.TOLLGATE_MAX_CLOCK_OFFSET_SECONDS,
    operatorKey: values.TOLLGATE_OPERATOR_KEY,
    publicPlans: values.TOLLGATE_PUBLIC_PLANS,
    demo: values.TOLLGATE_DEMO,
    logLevel: values.LOG_LEVEL,
    lameDuckSeconds: values.TOLLGATE_LAME_DUCK_SECONDS ?? (values.DATABASE_URL === undefined ? 0 : LAME_DUCK_SECONDS),
    drainSeconds: values.TOLLGATE_DRAIN_SECONDS,
    idleGraceSeconds: values.TOLLGATE_IDLE_GRACE_SECONDS,
    fastPath: values.TOLLGATE_FAST_PATH,
    introspection: values.TOLLGATE_INTROSPECTION ?? !isProduction,
    graphiql: values.TOLLGATE_GRAPHIQL ?? !isProduction,
    dashboard: values.TOLLGATE_DASHBOARD,
    dashboardDirectory: resolveSet(values.TOLLGATE_DASHBOARD_DIR),
    persistedOperations: values.TOLLGATE_PERSISTED_OPERATIONS === undefined ? undefined : resolve(values.TOLLGATE_PERSISTED_OPERATIONS),
    persistedOnly: values.TOLLGATE_PERSISTED_ONLY,
    allowedOrigins: values.TOLLGATE_ALLOWED_ORIGINS,
    webhookAllowPrivate: values.TOLLGATE_WEBHOOK_ALLOW_PRIVATE,
    webhookRetrySeconds: values.TOLLGATE_WEBHOOK_RETRY_SECONDS,
    pricesUrl: values.TOLLGATE_PRICES_URL,
    pricesPublicKeys: values.TOLLGATE_PRICES_PUBLIC_KEY ?? [],
    auditName: values.TOLLGATE_AUDIT_NAME,
    auditSampling: values.TOLLGATE_AUDIT_SAMPLING ?? [],
    encryptionKeys: values.TOLLGATE_ENCRYPTION_KEY,
    encryptionKeyFile: resolveSet(values.TOLLGATE_ENCRYPTION_KEY_FILE),
    auditKeyFile: resolveSet(values.TOLLGATE_AUDIT_KEY_FILE),
    auditArchive: auditArchiveOf(values),
    auditCheckpointFile: resolveSet(values.TOLLGATE_AUDIT_CHECKPOINT_FILE),
    billing: billingOf(values),
    workingDirectory: values.INIT_CWD ?? process.cwd(),
  }
}

/** Returns the environment variables of Tollgate that are no settings. */
export function findUnknownVariables(from: Readonly<Record<string, string | undefined>> = process.env): readonly UnknownVariable[] {
  return unknownVariables(from, SETTING_NAMES)
}

function billingOf(values: EnvironmentVariables): BillingEnvironment {
  try {
    return billingEnvironment(values, resolveSet)
  } catch (error) {
    if (error instanceof InvalidInput) throw new BadEnvironment(error.issues)
    throw error
  }
}

function auditArchiveOf({ TOLLGATE_AUDIT_RETENTION_MONTHS: months, TOLLGATE_AUDIT_ARCHIVE_DIR: directory }: EnvironmentVariables): Environment['auditArchive'] {
  if (months === undefined) return undefined
  if (directory !== undefined) return { directory: resolve(directory), months }
  throw new BadEnvironment([
    { path: 'TOLLGATE_AUDIT_ARCHIVE_DIR', message: 'is required with TOLLGATE_AUDIT_RETENTION_MONTHS: months are archived before they are removed' },
  ])
}

function resolveSet(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path)
}

function connectionsOf(values: EnvironmentVariables) {
  const readConnections = values.TOLLGATE_READ_CONNECTIONS ?? Math.floor(values.TOLLGATE_POOL_SIZE / 2)
  return {
    writeConnections: values.TOLLGATE_WRITE_CONNECTIONS ?? Math.ceil(values.TOLLGATE_POOL_SIZE / 2),
    readConnections,
    jobConnections: values.TOLLGATE_JOB_CONNECTIONS,
    tenantReads: values.TOLLGATE_TENANT_READS ?? Math.max(2, Math.floor(readConnections / 4)),
    tenantReadSeconds: values.TOLLGATE_TENANT_READ_SECONDS,
    readWaitSeconds: values.TOLLGATE_READ_WAIT_SECONDS,
  }
}

function asksForTls(url: string | undefined): boolean {
  return url !== undefined && ['sslmode', 'ssl', 'sslrootcert'].some(name => new URL(url).searchParams.has(name))
}
