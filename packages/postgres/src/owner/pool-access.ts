import { DomainError } from '@tollgate/kernel'
import type { ClientBase } from 'pg'
import { sqlState } from '../database-failure.ts'
import { ROW_TYPES } from '../row-types.ts'
import { type Installation, scopeKeyOf } from './installation.ts'

/** The login of a pool cannot use the tables of Tollgate. */
export class PoolNotPrepared extends DomainError<'POOL_NOT_PREPARED'> {
  constructor(problem: string, cause?: unknown) {
    super('POOL_NOT_PREPARED', problem, { cause })
  }
}

/** What a pool needs that logs in as the owner of the tables. */
export interface PoolAccess {
  /** The application role, to which its transactions change. */
  readonly role: string
  readonly scopeKey: string
}

const INSUFFICIENT_PRIVILEGE = '42501'
const UNDEFINED_TABLE = '42P01'

const READ = `
  select role_name as role, secret, current_user::text as login, pg_has_role(current_user, role_name, 'set') as "mayChange"
    from tollgate.installation`

/** Reads the access of a pool from the database. Throws `PoolNotPrepared`. */
export async function readPoolAccess(client: ClientBase): Promise<PoolAccess> {
  const { rows } = await client
    .query<Pick<Installation, 'role' | 'secret'> & { login: string; mayChange: boolean }>({ text: READ, types: ROW_TYPES })
    .catch((error: unknown) => {
      if (sqlState(error) === UNDEFINED_TABLE)
        throw new PoolNotPrepared('The database has no tables of Tollgate. Run the migrations first: migratePool(pool, …).', error)
      if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error
      throw new PoolNotPrepared(
        'The login of the pool may not read tollgate.installation. Log in as the role that ran the migrations, or pass scopeKey.',
        error,
      )
    })
  const [installation] = rows
  if (installation === undefined) throw new PoolNotPrepared('The table tollgate.installation is empty. Run the migrations again: migratePool(pool, …).')
  const { role, secret, login, mayChange } = installation
  if (!mayChange) throw new PoolNotPrepared(`The login of the pool may not change to the application role. Run: grant "${role}" to "${login}"`)
  return { role, scopeKey: scopeKeyOf(secret) }
}
