import { Decimal, type Period } from '@tollgate/kernel'
import { type DueCharge, NOT_FROM_USAGE, sumOf } from '../../model/billing/due-charge.ts'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { FeePart } from '../fees/fee-parts.ts'

/** Returns what is due for fees: the parts of one fee and one interval together. Their rates are filled in by the caller. */
export function feeDues(parts: readonly FeePart[], plans: readonly BillingPlan[]): readonly DueCharge[] {
  const keyOf = ({ kind, plan, interval }: FeePart) => JSON.stringify([kind, plan.key, interval.from.toString(), interval.to.toString()])
  return [...Map.groupBy(parts, keyOf)].flatMap(([key, [first, ...others]]) => (first === undefined ? [] : [feeDue(key, [first, ...others], plans)]))
}

function feeDue(key: string, parts: readonly [FeePart, ...FeePart[]], plans: readonly BillingPlan[]): DueCharge {
  const [first] = parts
  const last = parts.at(-1) ?? first
  const amount = sumOf(parts.map(part => part.amount))
  const isWhole = parts.length === 1 && first.share.seconds.eq(first.share.ofSeconds)
  const title = plans.find(plan => plan.key === first.plan.key)?.title ?? first.plan.name
  const counted = isWhole && first.seats !== null ? { quantity: new Decimal(first.seats), unit: 'seat' } : { quantity: ONE, unit: first.feeInterval }
  return {
    key,
    kind: first.kind,
    description: first.kind === 'seats' ? `${title}, seats` : title,
    basis: first.interval,
    period: { from: first.period.from, to: last.period.to },
    ...counted,
    currency: first.currency,
    amount,
    ...NOT_FROM_USAGE,
    details: {
      plan: first.plan.key,
      interval: textOf(first.interval),
      timing: first.billableAt.equals(first.period.from) ? 'in_advance' : 'in_arrears',
      shares: parts.map(({ period, share, seats, unitPrice, intervalAmount, amount: part }) => ({
        ...textOf(period),
        seconds: share.seconds.toFixed(),
        ofSeconds: share.ofSeconds.toFixed(),
        seats,
        unitPrice: unitPrice.toFixed(),
        intervalAmount: intervalAmount.toFixed(),
        amount: part.toFixed(),
      })),
    },
  }
}

const ONE = /* @__PURE__ */ new Decimal(1)

function textOf({ from, to }: Period): { readonly from: string; readonly to: string } {
  return { from: from.toString(), to: to.toString() }
}
