import type { Choice } from '../../ui/field.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import type { PlansQuery } from './subscriptions.operations.ts'

export type Plan = PlansQuery['billingPlans'][number]

/** Returns the plans to choose from, with what they cost. */
export function planChoices(plans: readonly Plan[]): readonly Choice[] {
  return plans.map(({ key, title, recurringFee, currency, feeInterval }) => ({
    value: key,
    label: `${title}, ${formatAmount(recurringFee, currency)} per ${wordOf(feeInterval)}`,
  }))
}
