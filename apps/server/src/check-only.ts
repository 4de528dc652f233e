import type { PostgresDatabase } from '@tollgate/postgres'
import type { ComposeOptions } from './compose.ts'
import type { Tollgate } from './tollgate.ts'

/** Returns services that have no database: they check their input, and fail as soon as they want to read or to write. */
export type CheckOnly = () => Tollgate

/** Returns the same options without a database, and without anything that acts by itself. */
export function withoutDatabase({
  listener: _,
  logger: _logger,
  observer: _observer,
  auditCheckpointFile: _file,
  mail: _mail,
  ...options
}: ComposeOptions): ComposeOptions {
  return { ...options, database: NO_DATABASE, reserved: NO_DATABASE }
}

/** Composes the services when they are first needed. They take every tenant for known: that it is not, is said by the services that act. */
export function checkOnlyServices(compose: () => Omit<Tollgate, 'checkOnly'>): CheckOnly {
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
