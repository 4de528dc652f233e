import { DomainError, type Period, ZERO } from '@tollgate/kernel'
import { chargedRanges } from '../engine/billing/charged-ranges.ts'
import type { SettledPeriod, UsageTotal } from '../model/billing/settled-period.ts'
import type { TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'

/** Usage of a billing period that has changed since late usage was last looked for in it. */
interface UnbilledUsage {
  readonly period: Period
  readonly before: UsageTotal
  readonly now: UsageTotal
}

/** Usage has changed in billing periods in which late usage is not looked for any more. */
class UsageNotBilled extends DomainError<'USAGE_NOT_BILLED'> {
  constructor(changed: readonly [UnbilledUsage, ...UnbilledUsage[]], lookBackPeriods: number) {
    const [first, ...others] = changed
    const { period, before, now } = first
    const and = others.length === 0 ? '' : ` ${others.length} more of its billing periods have changed as well.`
    super(
      'USAGE_NOT_BILLED',
      `No invoice has all usage of the billing period from ${period.from.toString()} to ${period.to.toString()}: it had ${total(before)} when late usage was last looked for in it, and has ${total(now)} now.${and} Late usage is looked for in the last ${lookBackPeriods} billing periods; raise lookBackPeriods to bill it with the next invoice.`,
    )
  }
}

/**
 * Looks for usage that changed in billing periods in which late usage is not looked for any more, so that nobody would bill it. Returns the error of
 * each tenant that has some. Periods that have just become so old are remembered as they are now.
 */
export async function findUnbilledUsage(
  { store, usage }: Pick<BillingDependencies, 'store' | 'usage'>,
  tenants: readonly TenantBilling[],
  lookBackPeriods: number,
): Promise<ReadonlyMap<string, UsageNotBilled>> {
  const settled = await store.settledPeriods(
    tenants.map(({ tenantId }) => tenantId),
    { periods: lookBackPeriods },
  )
  const ofTenants = Map.groupBy(settled, ({ tenantId }) => tenantId)
  const added: SettledPeriod[] = []
  const found = new Map<string, UsageNotBilled>()
  await Promise.all(
    tenants.map(async ({ tenantId, subscriptions }) => {
      const periods = ofTenants.get(tenantId) ?? []
      const ranges = periods.map(({ subscriptionId, period }) => {
        const subscribed = subscriptions.find(({ subscription }) => subscription.id === subscriptionId)
        return subscribed === undefined ? [] : chargedRanges(subscribed.subscription, period)
      })
      const totals = await totalsOf(usage, tenantId, ranges)
      const changed = periods.flatMap(({ period, settled: before }, i): UnbilledUsage[] => {
        const now = totals[i]
        return now === undefined || before === null || isSame(before, now) ? [] : [{ period, before, now }]
      })
      for (const [i, period] of periods.entries()) if (period.settled === null) added.push({ ...period, settled: totals[i] ?? null })
      const [first, ...others] = changed
      if (first !== undefined) found.set(tenantId, new UsageNotBilled([first, ...others], lookBackPeriods))
    }),
  )
  if (added.length > 0) await store.settle(added)
  return found
}

const NOTHING: UsageTotal = { calls: 0, cost: ZERO }

/** Reads what was used in each list of ranges. All ranges are read at once. */
async function totalsOf(usage: BillingDependencies['usage'], tenantId: string, lists: readonly (readonly Period[])[]): Promise<readonly UsageTotal[]> {
  const ranges = lists.flat()
  const totals = ranges.length === 0 ? [] : await usage.totals(tenantId, ranges)
  let at = 0
  return lists.map(list => {
    const own = totals.slice(at, (at += list.length))
    return own.reduce((sum, { calls, cost }) => ({ calls: sum.calls + calls, cost: sum.cost.plus(cost) }), NOTHING)
  })
}

function isSame(one: UsageTotal, other: UsageTotal): boolean {
  return one.calls === other.calls && one.cost.eq(other.cost)
}

function total({ calls, cost }: UsageTotal): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'} at a cost of ${cost.toFixed()}`
}
