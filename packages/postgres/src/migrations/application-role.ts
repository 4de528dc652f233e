import { createHash } from 'node:crypto'
import { APPLICATION_ROLE } from './tenant-isolation.ts'

const PREFIX = 'tollgate_'
/** PostgreSQL cuts longer names off. */
const MAX_NAME_BYTES = 63
const HASH_LENGTH = 8

/**
 * Returns the name of the role that the server logs in as. It contains the name of the database, because roles belong to
 * the whole cluster: each database has a role of its own.
 */
export function roleNameOf(database: string): string {
  const plain = PREFIX + database
  // The role of older versions is shared by all databases of a cluster.
  if (/^[a-z\d_]+$/.test(database) && plain.length <= MAX_NAME_BYTES && plain !== APPLICATION_ROLE) return plain
  const hash = createHash('sha256').update(database).digest('hex').slice(0, HASH_LENGTH)
  const readable = database.toLowerCase().replaceAll(/[^a-z\d]+/g, '_')
  return `${PREFIX}${readable.slice(0, MAX_NAME_BYTES - PREFIX.length - HASH_LENGTH - 1)}_${hash}`
}

/** Names of roles that can be put into the statements of migrations, where they stand in quotes of both kinds. */
export function isUsableRoleName(name: string): boolean {
  return /^[\w.@-]{1,63}$/.test(name)
}

const MENTION = new RegExp(`'${APPLICATION_ROLE}'|\\b${APPLICATION_ROLE}\\b`, 'g')

/** Puts the name of the role into a statement of a migration, as an identifier or, where it is quoted, as text. */
export function withRole(statement: string, role: string): string {
  return statement.replaceAll(MENTION, found => (found.startsWith("'") ? `'${role}'` : `"${role}"`))
}
