import { type Period, Temporal } from '@tollgate/kernel'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { billingPeriodOf, firstActiveStart } from '../fees/fee-interval.ts'

/**
 * Returns the periods of a subscription that have not been billed and end by `through`, in order. The first is empty: at the
 * start of the first active phase, fees in advance are due, and no usage. Each other one is a billing period; the end of the
 * subscription cuts the last. Billing periods continue after the end for as long as late usage is looked for.
 *
 * A period starts where the last billed one ends, also if the zone of the subscription has changed since.
 */
export function* periodsToBill(
  subscription: Subscription,
  { last, through, lookBackPeriods }: { readonly last: Period | undefined; readonly through: Temporal.Instant; readonly lookBackPeriods: number },
): Generator<Period> {
  if (!subscription.phases.some(({ state }) => state === 'active')) return
  const endsAt = subscription.phases.at(-1)?.to ?? null
  const starts = firstActiveStart(subscription)
  let previous = last
  if (previous === undefined) {
    if (Temporal.Instant.compare(starts, through) > 0) return
    previous = { from: starts, to: starts }
    yield previous
  }
  let afterEnd = endsAt === null ? 0 : periodsAfter(subscription, endsAt, previous.to)
  for (;;) {
    const from: Temporal.Instant = previous.to
    const boundary = billingPeriodOf(subscription, from).to
    const isLast = endsAt !== null && Temporal.Instant.compare(from, endsAt) < 0 && Temporal.Instant.compare(endsAt, boundary) <= 0
    const to = isLast ? endsAt : boundary
    if (Temporal.Instant.compare(to, through) > 0) return
    if (endsAt !== null && Temporal.Instant.compare(from, endsAt) >= 0 && ++afterEnd > lookBackPeriods) return
    previous = { from, to }
    yield previous
  }
}

/** Returns how many periods have been billed after the end. */
function periodsAfter(subscription: Subscription, endsAt: Temporal.Instant, billedTo: Temporal.Instant): number {
  let count = 0
  for (let at = endsAt; Temporal.Instant.compare(at, billedTo) < 0; count++) at = billingPeriodOf(subscription, at).to
  return count
}
