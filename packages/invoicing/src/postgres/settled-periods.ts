import { Decimal, tenantScope } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { SettledPeriod } from '../model/billing/settled-period.ts'
import { periodOf, type PeriodRow } from './tables/billing-periods.ts'

/** By age: 1 is the latest period of its subscription. Relies on the primary key. */
const BY_AGE = `select tenant_id, subscription_id, period_to, row_number() over (partition by tenant_id, subscription_id order by period_to desc) as age
  from invoicing.billing_periods where tenant_id = any ($1::text[])`

/** Late usage is looked for in them again, because more periods are looked at than before. */
const FORGET = `update invoicing.billing_periods as period set settled_calls = null, settled_cost = null from (${BY_AGE}) as aged
  where period.tenant_id = any ($1::text[]) and period.settled_calls is not null and aged.age <= $2
    and (period.tenant_id, period.subscription_id, period.period_to) = (aged.tenant_id, aged.subscription_id, aged.period_to)`

const SETTLED = `select period.tenant_id, period.subscription_id, period.period_from, period.period_to, period.line_dimensions,
    period.settled_calls::text, period.settled_cost
  from (${BY_AGE}) as aged join invoicing.billing_periods as period using (tenant_id, subscription_id, period_to)
  where period.tenant_id = any ($1::text[]) and aged.age > $2 order by period.tenant_id, period.subscription_id, period.period_to`

const SETTLE_COLUMNS = defineColumns<SettledPeriod>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('subscription_id', 'uuid', ({ subscriptionId }) => subscriptionId),
  column('period_to', 'timestamptz', ({ period }) => period.to),
  column('settled_calls', 'bigint', ({ settled }) => settled?.calls),
  column('settled_cost', 'numeric', ({ settled }) => settled?.cost),
])

const SETTLE = `update invoicing.billing_periods as period set settled_calls = settled.settled_calls, settled_cost = settled.settled_cost
  from ${SETTLE_COLUMNS.unnestAs('settled', 1)} where period.settled_calls is null
    and (period.tenant_id, period.subscription_id, period.period_to) = (settled.tenant_id, settled.subscription_id, settled.period_to)`

interface SettledRow extends PeriodRow {
  readonly settled_calls: string | null
  readonly settled_cost: string | null
}

/** Implements `InvoiceStore.settledPeriods`. */
export async function readSettledPeriods(
  database: PostgresDatabase,
  tenantIds: readonly string[],
  { periods }: { readonly periods: number },
): Promise<readonly SettledPeriod[]> {
  if (tenantIds.length === 0) return []
  const values = [textArray(tenantIds), periods]
  const rows = await database.transaction(tenantScope(...tenantIds), async transaction => {
    await transaction.query(FORGET, values)
    return transaction.query<SettledRow>(SETTLED, values)
  })
  return rows.map(row => ({
    tenantId: row.tenant_id,
    subscriptionId: row.subscription_id,
    period: periodOf(row).period,
    settled: row.settled_calls === null || row.settled_cost === null ? null : { calls: Number(row.settled_calls), cost: new Decimal(row.settled_cost) },
  }))
}

/** Implements `InvoiceStore.settle`. */
export async function settlePeriods(database: PostgresDatabase, periods: readonly SettledPeriod[]): Promise<void> {
  if (periods.length === 0) return
  await database.query(tenantScope(...new Set(periods.map(({ tenantId }) => tenantId))), SETTLE, SETTLE_COLUMNS.values(periods))
}
