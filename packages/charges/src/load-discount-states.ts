import { type Period, Temporal } from '@tollgate/kernel'
import type { ChargedUsageReader } from './charged-usage-reader.ts'
import type { ChargeContext } from './engine/charge/charge-context.ts'
import type { Discount } from './model/discounts/discount.ts'
import type { Promotions } from './promotions.ts'

/** The usage that discounts apply to. */
export interface DiscountedUsage {
  readonly tenantId: string
  /** The tenant's customer. Null for usage of several customers: then the tenant itself is the customer. */
  readonly customerId: string | null
  /** The period that is charged, or that contains what is charged. */
  readonly period: Period
}

/** Loads what discounts depend on: budgets and coupons from the ledger, and whether the customer is new from usage. */
export async function loadDiscountStates(
  { usage, promotions }: { readonly usage: Pick<ChargedUsageReader, 'countEvents'>; readonly promotions: Pick<Promotions, 'discountStates'> },
  discounts: readonly Discount[],
  { tenantId, customerId, period }: DiscountedUsage,
): Promise<Pick<ChargeContext, 'firstTimeCustomer' | 'discountStates'>> {
  const needsFirstTime = discounts.some(({ conditions }) => conditions.some(({ kind }) => kind === 'first-time-customer'))
  const [discountStates, firstTimeCustomer] = await Promise.all([
    promotions.discountStates(discounts, { tenantId, customerId }),
    needsFirstTime ? hasNoUsageBefore(usage, { tenantId, customerId, before: period.from }) : undefined,
  ])
  return { discountStates, firstTimeCustomer }
}

const BEGINNING = /* @__PURE__ */ Temporal.Instant.fromEpochMilliseconds(0)

async function hasNoUsageBefore(
  usage: Pick<ChargedUsageReader, 'countEvents'>,
  { tenantId, customerId, before }: { readonly tenantId: string; readonly customerId: string | null; readonly before: Temporal.Instant },
): Promise<boolean> {
  const filter = customerId === null ? undefined : { customer: [customerId] }
  return (await usage.countEvents({ tenantId, range: { from: BEGINNING, to: before }, filter })) === 0
}
