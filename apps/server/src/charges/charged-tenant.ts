import type { Tenant } from '@tollgate/accounts'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { ChargesDependencies } from './charges-dependencies.ts'

/** What of a tenant its charges depend on. */
export interface ChargedTenant extends Pick<Tenant, 'timeZone' | 'currency'> {
  readonly tenantId: string
  /** The plan that it is on: its tier. */
  readonly plan: string | null
}

/** Every price, and so every charge, is in it. */
export const CHARGE_CURRENCY = 'USD'

/** The tenant that is charged. */
export async function chargedTenant(accounts: ChargesDependencies['accounts'], tenantId: string): Promise<ChargedTenant> {
  const [tenant] = await accounts.tenantsByIds(OPERATOR_SCOPE, [tenantId])
  return { tenantId, plan: tenant?.tier ?? null, timeZone: tenant?.timeZone ?? 'UTC', currency: tenant?.currency ?? CHARGE_CURRENCY }
}

/** Says so where a tenant has another currency than its charges. */
export function currencyNotes({ currency }: Pick<ChargedTenant, 'currency'>): readonly string[] {
  return currency === CHARGE_CURRENCY ? [] : [`all amounts are in ${CHARGE_CURRENCY}, as prices are, though the tenant has ${currency}: nothing is converted`]
}
