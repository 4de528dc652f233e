import { minorUnits, toMicrosecond } from '@tollgate/kernel'
import { optionalTime } from '@tollgate/kernel/input'
import { type RecurringRevenue, sumRecurringRevenue } from './engine/revenue/recurring-revenue.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'
import type { RevenueInput } from './subscriptions.ts'

/** Tenants whose subscriptions are read together. */
const PAGE = 500

/** Sums up the recurring revenue of all tenants, page by page. Tenants with a clock of their own have no revenue. */
export async function readRecurringRevenue(
  { store, plans, clock }: Pick<SubscriptionsDependencies, 'store' | 'plans' | 'clock'>,
  input: RevenueInput,
): Promise<RecurringRevenue> {
  const currency = input.currency ?? 'USD'
  minorUnits(currency)
  const at = toMicrosecond(optionalTime('at', input.at) ?? clock.now(null))
  const since = optionalTime('since', input.since)
  const sum = sumRecurringRevenue({ at, since, currency })
  const all = await plans.all()
  const simulated = new Set(clock.simulatedTenants?.())
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof store.page>> = await store.page({ first: PAGE, after })
    for (const subscriptions of page) if (!simulated.has(subscriptions[0]?.tenantId ?? '')) sum.add(subscriptions, all)
    after = page.at(-1)?.[0]?.tenantId ?? null
    if (page.length < PAGE || after === null) return sum.total()
  }
}
