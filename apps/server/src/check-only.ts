import type { PostgresDatabase } from '@tollgate/postgres'
import type { Tollgate } from './tollgate.ts'

/** What acts by itself, or on the database. */
interface Acting {
  readonly database: PostgresDatabase
  readonly reserved?: PostgresDatabase
  readonly listener?: unknown
  readonly logger?: unknown
  readonly observer?: unknown
  readonly auditCheckpointFile?: unknown
  readonly mail?: unknown
}

/** Returns the same options without a database, and without anything that acts by itself. */
export function withoutDatabase<Options extends Acting>(options: Options): Omit<Options, Exclude<keyof Acting, 'database'>> {
  const { reserved: _reserved, listener: _listener, logger: _logger, observer: _observer, auditCheckpointFile: _file, mail: _mail, ...others } = options
  return { ...others, database: NO_DATABASE }
}

/**
 * Returns a function that composes services without a database when they are first needed: they check their input, and fail as soon as they
 * want to read or to write. They take every tenant for known: that one is not, the services that act say.
 */
export function checkOnlyServices(compose: () => Omit<Tollgate, 'checkOnly'>): () => Tollgate {
  let services: Tollgate | undefined
  const checkOnly = (): Tollgate => {
    if (services === undefined) {
      const composed = compose()
      services = { ...composed, accounts: { ...composed.accounts, requireTenant: async () => {} }, checkOnly }
    }
    return services
  }
  return checkOnly
}

class DatabaseNotAsked extends Error {
  override readonly name = 'DatabaseNotAsked'
}

const notAsked = (): Promise<never> => Promise.reject(new DatabaseNotAsked('The input is only checked.'))

const NO_DATABASE: PostgresDatabase = {
  transaction: notAsked,
  query: notAsked,
  ping: async () => false,
  connections: () => ({ open: 0, idle: 0, waiting: 0 }),
  disconnect: () => {},
  close: async () => {},
}
