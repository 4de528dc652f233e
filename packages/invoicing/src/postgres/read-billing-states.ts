import { Decimal, tenantScope } from '@tollgate/kernel'
import { awaitAll, type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { BillingState, SubscriptionBilling } from '../billing/invoice-store.ts'
import { periodOf, type PeriodRow } from './tables/billing-periods.ts'
import { billedOf, type BilledRow } from './tables/lines.ts'

const REVISIONS = 'select tenant_id, revision::text from invoicing.billing_accounts where tenant_id = any ($1::text[])'

/** The last periods of each subscription. Relies on the primary key. */
const RECENT = `select tenant_id, subscription_id, period_from, period_to, line_dimensions from (
    select *, row_number() over (partition by tenant_id, subscription_id order by period_to desc) as recency
    from invoicing.billing_periods where tenant_id = any ($1::text[])
  ) as period where recency <= $2`

const PERIODS = `${RECENT} order by tenant_id, subscription_id, period_to`

/** Relies on the index billed_lines, and on the primary key of invoices. */
const BILLED = `with recent as (${RECENT}),
  earliest as (select tenant_id, min(period_from) as since from recent group by tenant_id)
  select line.tenant_id, invoice.subscription_id, line.invoice_id, line.kind, line.description, line.period_from, line.period_to, line.quantity,
    line.unit, line.provider, line.model, line.dimensions, line.charge_key, line.basis_from, line.basis_to, line.charge_currency, line.charge_amount,
    line.charge_discounts, line.charge_credits, line.conversion
  from earliest
  join invoicing.invoice_lines as line on line.tenant_id = earliest.tenant_id and line.basis_to > earliest.since and line.charge_key is not null
  join invoicing.invoices as invoice on invoice.tenant_id = line.tenant_id and invoice.id = line.invoice_id
  where invoice.subscription_id is not null and invoice.state <> 'void'
  order by line.tenant_id, line.invoice_id, line.position`

/** Relies on the index invoices_of_subscriptions. */
const CARRIED_OVER = `select tenant_id, subscription_id, sum(rounding) as carried_over from invoicing.invoices
  where tenant_id = any ($1::text[]) and subscription_id is not null and state <> 'void' group by tenant_id, subscription_id`

/**
 * Reads what was billed of tenants. The revision is read first: if somebody bills meanwhile, the revision is older than what
 * was read, and nothing is stored with it.
 */
export async function readBillingStates(
  database: PostgresDatabase,
  tenantIds: readonly string[],
  { periods: count }: { readonly periods: number },
): Promise<readonly BillingState[]> {
  if (tenantIds.length === 0) return []
  const tenants = textArray(tenantIds)
  const [revisions, periods, billed, carriedOver] = await database.transaction(tenantScope(...tenantIds), transaction =>
    awaitAll([
      transaction.query<{ tenant_id: string; revision: string }>(REVISIONS, [tenants]),
      transaction.query<PeriodRow>(PERIODS, [tenants, count]),
      transaction.query<BilledRow>(BILLED, [tenants, count]),
      transaction.query<{ tenant_id: string; subscription_id: string; carried_over: string }>(CARRIED_OVER, [tenants]),
    ]),
  )
  const periodsOf = Map.groupBy(periods, row => row.tenant_id)
  const billedOfSubscription = Map.groupBy(billed, row => keyOf(row))
  const carried = new Map(carriedOver.map(row => [keyOf(row), new Decimal(row.carried_over)]))
  return revisions.map(({ tenant_id: tenantId, revision }) => ({
    tenantId,
    revision: Number(revision),
    subscriptions: [...Map.groupBy(periodsOf.get(tenantId) ?? [], row => row.subscription_id)].map(([subscriptionId, own]): SubscriptionBilling => {
      const key = keyOf({ tenant_id: tenantId, subscription_id: subscriptionId })
      return {
        subscriptionId,
        periods: own.map(periodOf),
        billed: (billedOfSubscription.get(key) ?? []).map(billedOf),
        carriedOver: carried.get(key) ?? new Decimal(0),
      }
    }),
  }))
}

function keyOf({ tenant_id: tenantId, subscription_id: subscriptionId }: { readonly tenant_id: string; readonly subscription_id: string }): string {
  return `${tenantId} ${subscriptionId}`
}
