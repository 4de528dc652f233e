import type { Tenant } from '@tollgate/accounts'
import { DomainError, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { Tollgate } from '../tollgate.ts'
import { DEFAULT_LAYOUT, tenantsOf } from '../features/usage/trace/spread-row.ts'
import { type DemoDependencies, furnishDemo } from './furnish-demo.ts'
import { loadDemo } from './load-demo.ts'

/** Other tenants than those of the demo have usage. */
export class ServerHasData extends DomainError<'SERVER_HAS_DATA'> {
  constructor(tenantId: string) {
    super('SERVER_HAS_DATA', `The tenant "${tenantId}" has usage, which the demo would mix with. Load the demo on a server without usage.`)
  }
}

/** The demo after it was loaded. */
export interface LoadedDemo {
  readonly tenants: readonly Tenant[]
  readonly calls: number
}

const EVER = { from: Temporal.Instant.from('2000-01-01T00:00:00Z'), to: Temporal.Instant.from('2100-01-01T00:00:00Z') }

/** Loads the demo into a server that is not in use. Throws `ServerHasData` if other tenants have usage. */
export async function loadFirstDemo(tollgate: Pick<Tollgate, 'accounts'> & DemoDependencies): Promise<LoadedDemo> {
  const ids = tenantsOf(DEFAULT_LAYOUT).map(({ id }) => id)
  await requireNoOtherUsage(tollgate, ids)
  await furnishDemo(tollgate, await loadDemo(tollgate))
  const usage = await usageByTenant(tollgate, ids.length)
  return {
    tenants: await tollgate.accounts.tenantsByIds(OPERATOR_SCOPE, ids),
    calls: usage.reduce((sum, { measures }) => sum + measures.calls, 0),
  }
}

async function requireNoOtherUsage(tollgate: Pick<Tollgate, 'usage'>, demoTenantIds: readonly string[]): Promise<void> {
  const usage = await usageByTenant(tollgate, demoTenantIds.length + 1)
  const other = usage.map(({ key }) => key[0]?.value).find(tenantId => tenantId !== undefined && tenantId !== null && !demoTenantIds.includes(tenantId))
  if (other !== undefined && other !== null) throw new ServerHasData(other)
}

function usageByTenant({ usage }: Pick<Tollgate, 'usage'>, first: number) {
  return usage.report(OPERATOR_SCOPE, { range: EVER }).breakdown({ by: ['tenant'], orderBy: 'calls', first, details: false })
}
