import type {
  ChargeExplanation,
  ExplainedBounds,
  ExplainedDiscount,
  ExplainedLine,
  ExplainedMarkup,
  ExplainedStep,
} from '../../model/explanation/charge-explanation.ts'

/** Returns an explanation as text: each step with its amounts, and why a rule applied or not. */
export function describeExplanation({ currency, at, steps, charge }: ChargeExplanation): string {
  return [`Charge of ${charge} ${currency}, by the rules of ${at}`, ...steps.flatMap(describeStep), `Charge: ${charge} ${currency}`, ''].join('\n')
}

function describeStep(step: ExplainedStep): readonly string[] {
  switch (step.step) {
    case 'cost': {
      const { from, to } = step.effective
      const interval = from === null && to === null ? '' : `, in effect ${from === null ? '' : `from ${from} `}${to === null ? '' : `until ${to}`}`.trimEnd()
      const price = step.rule === null ? '' : ` (${step.rule}${interval})`
      return [`Cost: ${step.reason}${price}`, ...step.lines.map(describeLine), `  subtotal ${step.after}`]
    }
    case 'price':
      return [`Price${named(step.rule)}: ${step.kind}, for ${step.metered}`, ...step.lines.map(describeLine), `  subtotal ${step.after}`]
    case 'markup':
      return [describeMarkup(step)]
    case 'discount':
      return [describeDiscount(step)]
    case 'bounds':
      return [`Bounds: ${describeBounds(step)}`]
    case 'rounding':
      return [`Rounding: ${step.reason}${step.applied ? `; ${step.before} becomes ${step.after}` : ''}`]
  }
}

function describeLine({ label, units, unitPrice, amount }: ExplainedLine): string {
  return units === '1' && unitPrice === amount ? `  ${label}: ${amount}` : `  ${label}: ${units} × ${unitPrice} = ${amount}`
}

function describeMarkup({ rule, percent, before, after, reason }: ExplainedMarkup): string {
  return percent === null ? `Markup: none; ${reason}` : `Markup${named(rule)}: ${before} plus ${percent} % is ${after}; ${reason}`
}

function describeDiscount(discount: ExplainedDiscount): string {
  const what = `Discount${named(discount.rule)} (${describeEffect(discount)})`
  if (!discount.applied) return `${what}: not applied; ${discount.reason}`
  return `${what}: applied; ${discount.before} becomes ${discount.after}; ${discount.reason}${describeLimits(discount)}`
}

function describeEffect({ effect }: ExplainedDiscount): string {
  switch (effect.kind) {
    case 'percentage':
      return `${effect.percent} % of the ${effect.basis === 'subtotal' ? 'subtotal' : 'remaining amount'}`
    case 'fixed':
      return `${effect.amount} off`
    case 'tiered':
      return `by the ${effect.usage.of}'s ${effect.usage.measure}, ${effect.measured ?? 'which is unknown'}: ${effect.tiers.map(({ from, percent }) => `${percent} % from ${from}`).join(', ')}`
  }
}

function describeLimits({ wanted, limits: { maximum, remainingBudget, floor, taken, earlier } }: ExplainedDiscount): string {
  const limits = [
    maximum === null ? [] : [`at most ${maximum}`],
    remainingBudget === null ? [] : [`${remainingBudget} of its budget left`],
    floor === '0' ? [] : [`not below ${floor}${earlier === undefined ? '' : `, of which ${earlier} was charged earlier in the period`}`],
    taken === undefined ? [] : [`${taken} taken off earlier in the period`],
  ].flat()
  return limits.length === 0 ? '' : ` (${wanted ?? '0'} without limits: ${limits.join(', ')})`
}

function describeBounds({ applied, before, after, reason }: ExplainedBounds): string {
  return applied ? `${reason}; ${before} becomes ${after}` : reason
}

function named(rule: string | null): string {
  return rule === null ? '' : ` ${rule}`
}
