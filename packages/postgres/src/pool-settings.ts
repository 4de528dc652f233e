import type { ClientBase, PoolConfig } from 'pg'
import { connectionSettings } from './connection-settings.ts'
import type { DatabaseAccess } from './database-access.ts'
import type { DatabaseTimeouts } from './database-timeouts.ts'
import { checkConnectionRole } from './owner/connection-role.ts'
import { inTime } from './pool-connections.ts'

/** Options of a database. */
export interface DatabaseOptions extends Pick<DatabaseAccess, 'url' | 'scopeKey'>, Partial<Pick<DatabaseAccess, 'directUrl'>> {
  /** Whether prepared statements keep their names. Not every pooler knows them: defaults to false if `directUrl` leads to another address than `url`, or else to true. */
  readonly preparedStatements?: boolean
  /** Maximum number of connections. Defaults to 10. */
  readonly poolSize?: number
  /** The name of its connections in `pg_stat_activity`. */
  readonly applicationName?: string
  /** Maximum wait for a connection from the pool, and for the server to accept one. Defaults to 5,000. */
  readonly connectTimeoutMs?: number
  /** Maximum durations of work. Defaults to none. */
  readonly timeouts?: DatabaseTimeouts
  /** Whether the database is known to be down. Calls then fail at once. */
  readonly isDown?: () => boolean
}

const KEEP_ALIVE_AFTER_MS = 10_000

/** Settings of a pool of `pg`, which awaits `onConnect`. */
export interface PoolSettings extends Omit<PoolConfig, 'onConnect'> {
  readonly onConnect: (client: ClientBase) => Promise<void>
}

/** Returns the settings of a pool for these options. */
export function poolSettings({ url, poolSize = 10, applicationName, connectTimeoutMs = 5_000 }: DatabaseOptions): PoolSettings {
  return {
    ...connectionSettings(url),
    max: poolSize,
    // No start-up options: a pooler would refuse or ignore them.
    onConnect: inTime(checkConnectionRole, connectTimeoutMs),
    ...(applicationName !== undefined && { application_name: applicationName }),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    // Sends queries without waiting for the previous one: a scoped statement costs one round trip instead of four.
    pipeline: true,
  }
}

/** Whether prepared statements keep their names, if the options do not say. */
export function keepsPreparedStatements({ url, directUrl = url }: Pick<DatabaseOptions, 'url' | 'directUrl'>): boolean {
  return new URL(url).host === new URL(directUrl).host
}
