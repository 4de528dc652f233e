import type { DatabaseTimeouts, PostgresDatabase } from '@tollgate/postgres'
import { type EntityDatabaseOptions, openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Environment } from '../environment.ts'
import type { Log } from '../observability/log.ts'
import { type Admission, createAdmission } from './admission/admission.ts'
import { routeRequests } from './route-requests.ts'

/** Settings of the connections. */
export type PoolSettings = Pick<
  Environment,
  'writeConnections' | 'readConnections' | 'jobConnections' | 'tenantReads' | 'tenantReadSeconds' | 'readWaitSeconds'
>

/** The connections of a server: some for each kind of work, so that none waits for another. */
export interface DatabasePools {
  /** For what a request asks for, and for background work. */
  readonly database: PostgresDatabase
  /** For what many requests share: commits of events, quota decisions and checks of keys. No request can use them all. */
  readonly reserved: PostgresDatabase
  /** Each pool by its name in the metrics. */
  readonly byName: Readonly<Record<'writes' | 'reads' | 'jobs', PostgresDatabase>>
  readonly readAdmission: Pick<Admission, 'counts'>
  readonly changeAdmission: Pick<Admission, 'counts'>
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Of the work of requests. */
export const WRITE_TIMEOUTS: DatabaseTimeouts = { statementMs: 15 * SECOND, lockMs: 5 * SECOND, idleMs: 15 * SECOND, useMs: 30 * SECOND }
const READ_TIMEOUTS: DatabaseTimeouts = { statementMs: 15 * SECOND, lockMs: 5 * SECOND, idleMs: 15 * SECOND, useMs: 30 * SECOND }
const JOB_TIMEOUTS: DatabaseTimeouts = { statementMs: 10 * MINUTE, lockMs: 30 * SECOND, idleMs: 5 * MINUTE, useMs: 15 * MINUTE }
/** Commands rebuild rollups and rate events again. Ctrl-C interrupts them. */
const COMMAND_TIMEOUTS: DatabaseTimeouts = { statementMs: 6 * HOUR, lockMs: MINUTE, idleMs: 10 * MINUTE, useMs: 7 * HOUR }

const COMMAND_CONNECTIONS = 8
/** Work that a tenant can save up, in seconds of a connection. */
const SAVED_SECONDS = 30
const MAX_WAITING_OF_TENANT = 500
/** Fields of one request load in parallel. More connections would not make it faster, but others slower. */
const CONNECTIONS_OF_REQUEST = 2

/** Opens the connections of a server. */
export async function openPools(settings: PoolSettings, options: Omit<EntityDatabaseOptions, 'poolSize' | 'timeouts'>): Promise<DatabasePools> {
  const { writeConnections, readConnections, jobConnections } = settings
  const name = options.applicationName ?? 'tollgate'
  const open = (kind: string, poolSize: number, timeouts: DatabaseTimeouts) =>
    openEntityDatabase({ ...options, poolSize, timeouts, applicationName: `${name}, ${kind}` })
  const [writes, reads, background] = await Promise.all([
    open('writes', writeConnections, WRITE_TIMEOUTS),
    open('reads', readConnections, READ_TIMEOUTS),
    open('work', jobConnections, JOB_TIMEOUTS),
  ])
  const readAdmission = admitReads(settings)
  const changeAdmission = admitChanges(settings)
  return {
    database: routeRequests({ reads, readAdmission, writes, changeAdmission, background }),
    reserved: writes,
    byName: { writes, reads, jobs: background },
    readAdmission,
    changeAdmission,
  }
}

/** Connections of a server besides its pools: graphile-worker, LISTEN and the watch. */
const OTHER_CONNECTIONS = 8

/** Warns if PostgreSQL does not have room for the connections of this server alone. */
export async function warnIfTooMany({ writeConnections, readConnections, jobConnections }: PoolSettings, { reserved }: DatabasePools, log: Log): Promise<void> {
  const needed = writeConnections + readConnections + jobConnections + OTHER_CONNECTIONS
  const [room] = await reserved.query<{ connections: number }>(OPERATOR_SCOPE, ROOM)
  if (room === undefined || needed <= room.connections) return
  const settings = 'Raise max_connections of PostgreSQL, or lower TOLLGATE_POOL_SIZE.'
  log.warn({ needed, available: room.connections }, `This server may need more connections than PostgreSQL allows. ${settings}`)
}

const ROOM = `
  select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - current_setting('reserved_connections')::int
      as connections`

/** Opens the connections of a command. It works for one person, so it takes no turns. */
export function openCommandDatabase(options: Omit<EntityDatabaseOptions, 'poolSize' | 'timeouts'>): Promise<PostgresDatabase> {
  return openEntityDatabase({ ...options, poolSize: COMMAND_CONNECTIONS, timeouts: COMMAND_TIMEOUTS })
}

function admitReads({ readConnections, tenantReads, tenantReadSeconds, readWaitSeconds }: PoolSettings): Admission {
  const perTenant = Math.min(readConnections, tenantReads)
  return createAdmission({
    total: readConnections,
    perTenant,
    ofOperators: Math.max(1, readConnections - 1),
    perKey: perTenant > 2 ? perTenant - 1 : perTenant, // A key leaves room for the other keys of its tenant.
    perRequest: CONNECTIONS_OF_REQUEST,
    waitingPerTenant: MAX_WAITING_OF_TENANT,
    waitMs: readWaitSeconds * SECOND,
    budget: tenantReadSeconds === 0 ? undefined : { share: tenantReadSeconds / 60, burstMs: SAVED_SECONDS * SECOND },
  })
}

/** Changes of requests use at most half of the connections for writes, and one tenant at most a quarter. */
function admitChanges({ writeConnections, readWaitSeconds }: PoolSettings): Admission {
  const total = Math.max(1, Math.floor(writeConnections / 2))
  const perTenant = Math.max(1, Math.floor(total / 2))
  return createAdmission({
    total,
    perTenant,
    ofOperators: total,
    perKey: perTenant,
    perRequest: CONNECTIONS_OF_REQUEST,
    waitingPerTenant: MAX_WAITING_OF_TENANT,
    waitMs: readWaitSeconds * SECOND,
  })
}
