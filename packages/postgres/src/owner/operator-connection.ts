import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { ClientBase } from 'pg'
import type { DatabaseAccess } from '../database-access.ts'
import { scopeSigner } from '../scope-signer.ts'
import { TENANTS_SETTING } from '../migrations/tenant-isolation.ts'
import { checkConnectionRole } from './connection-role.ts'

/**
 * Returns a function that checks the role of a new connection and gives the connection the scope of an operator until it
 * ends. Only for connections that serve no tenant, and not through a pooler.
 */
export function operatorConnection({ scopeKey }: Pick<DatabaseAccess, 'scopeKey'>): (client: ClientBase) => Promise<void> {
  const scope = scopeSigner(scopeKey)(OPERATOR_SCOPE)
  return async client => {
    await checkConnectionRole(client)
    await client.query('select set_config($1, $2, false)', [TENANTS_SETTING, scope])
  }
}
