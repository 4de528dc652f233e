import { sqlState, tlsFailure } from '@tollgate/postgres'
import { isDomainError } from '@tollgate/kernel'

/** PostgreSQL rejects the user or the password, or the database does not exist. */
const REJECTED = /^(?:28|3D000)/

/**
 * Returns the reason if an attempt to reconnect failed in a way that time alone does not mend: the database refuses this
 * server, or another server has taken it. Undefined for an outage.
 */
export function whyPermanent(error: unknown): string | undefined {
  // An embedded PostgreSQL that does not start may start later, for example once the disk has room.
  if (isDomainError(error)) return error.code === 'EMBEDDED_POSTGRES_FAILED' ? undefined : error.message
  const tls = tlsFailure(error)
  if (tls !== undefined) return `TLS to the database failed: ${tls}`
  return REJECTED.test(sqlState(error) ?? '') ? (error as Error).message : undefined
}
