import type { Credits } from '@tollgate/credits'
import type { Subscriptions } from '@tollgate/invoicing'
import type { Billing } from '@tollgate/invoicing/billing'
import type { Payments } from '@tollgate/invoicing/payments'
import { Temporal, tenantScope } from '@tollgate/kernel'
import type { Quotas } from '@tollgate/quotas'
import type { Usage } from '@tollgate/usage'

/** The services that keep data of tenants which depends on the time. */
export interface DataServices {
  readonly usage: Pick<Usage, 'events'>
  readonly quotas: Pick<Quotas, 'usage'>
  readonly credits: Pick<Credits, 'wallets'>
  readonly subscriptions: Pick<Subscriptions, 'history'>
  readonly billing: Pick<Billing, 'invoices'>
  readonly payments: Pick<Payments, 'list'>
}

const ALL_TIME = { from: Temporal.Instant.from('1900-01-01T00:00:00Z'), to: Temporal.Instant.from('2200-01-01T00:00:00Z') }

/** Says what data a tenant has, such as "usage". Returns undefined if it has none. */
export async function dataOfTenant({ usage, quotas, credits, subscriptions, billing, payments }: DataServices, tenantId: string): Promise<string | undefined> {
  const scope = tenantScope(tenantId)
  const found: [string, boolean][] = [
    ['usage', (await usage.events(scope, { range: ALL_TIME, first: 1 })).items.length > 0],
    ['counted quotas', (await quotas.usage({ tenantId, first: 1 })).items.some(({ used, reserved }) => !used.isZero() || !reserved.isZero())],
    ['credits', (await credits.wallets({ tenantId, first: 1 })).items.length > 0],
    ['a subscription', (await subscriptions.history(tenantId)).length > 0],
    ['invoices', (await billing.invoices(scope, { tenantId, first: 1 })).items.length > 0],
    ['payments', (await payments.list({ tenantId, first: 1 })).items.length > 0],
  ]
  return found.find(([, exists]) => exists)?.[0]
}
