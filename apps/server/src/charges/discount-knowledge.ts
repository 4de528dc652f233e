import type { ChargeContext, ChargeRuleSet } from '@tollgate/charges'
import { type Period, Temporal, tenantScope } from '@tollgate/kernel'
import type { ChargesDependencies } from './charges-dependencies.ts'

/** Whose use discounts are about. */
export interface DiscountSubject {
  readonly tenantId: string
  /** The tenant's customer whose use it is; null where it is of no single one: then the customer is the tenant. */
  readonly customerId: string | null
  /** The period that is charged, or that what is charged lies in. */
  readonly period: Period
}

/** What is to be known of discounts from elsewhere: budgets and coupons from their ledger, whether a customer is new from usage. */
export async function knowDiscounts(
  { usage, promotions }: Pick<ChargesDependencies, 'usage' | 'promotions'>,
  discounts: ChargeRuleSet['discounts'],
  { tenantId, customerId, period }: DiscountSubject,
): Promise<Pick<ChargeContext, 'firstTimeCustomer' | 'standings'>> {
  const asksForNew = discounts.some(({ conditions }) => conditions.some(({ kind }) => kind === 'first-time-customer'))
  const [standings, firstTimeCustomer] = await Promise.all([
    promotions.standings(discounts, { tenantId, customerId }),
    asksForNew ? hadNoUsage(usage, { tenantId, customerId, before: period.from }) : undefined,
  ])
  return { standings, firstTimeCustomer }
}

const BEGINNING = Temporal.Instant.fromEpochMilliseconds(0)

/** A customer is new in its first period: from sums, so that it costs by the days that it was there before. */
async function hadNoUsage(
  usage: ChargesDependencies['usage'],
  { tenantId, customerId, before }: { readonly tenantId: string; readonly customerId: string | null; readonly before: Temporal.Instant },
): Promise<boolean> {
  const about = { range: { from: BEGINNING, to: before }, ...(customerId !== null && { filter: { customers: [customerId] } }) }
  const { calls } = await usage.report(tenantScope(tenantId), about).totals()
  return calls === 0
}
