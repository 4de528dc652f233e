import { tenantScope } from '@tollgate/kernel'
import type { Tollgate } from '../../tollgate.ts'

/** Returns the time zone of a tenant. */
export async function tenantTimeZone(accounts: Pick<Tollgate['accounts'], 'tenantsByIds'>, tenantId: string): Promise<string> {
  const [tenant] = await accounts.tenantsByIds(tenantScope(tenantId), [tenantId])
  return tenant?.timeZone ?? 'UTC'
}
