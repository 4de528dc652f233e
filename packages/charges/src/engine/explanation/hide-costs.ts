import type { ChargeExplanation, ExplainedPrice, ExplainedStep } from '../../model/explanation/charge-explanation.ts'
import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'

/**
 * Returns a charge as someone sees it who may not know costs: without the cost, and with the steps of cost and markup, or a
 * percentage of the cost, as one price. It still adds up.
 */
export function hideCosts(charge: ExplainedCharge): ExplainedCharge {
  return { ...charge, cost: null, explanation: charge.explanation && hideCostsOf(charge.explanation) }
}

function hideCostsOf(explanation: ChargeExplanation): ChargeExplanation {
  const { steps } = explanation
  const last = steps.findLastIndex(isSubtotal)
  const subtotal = steps[last]
  if (subtotal === undefined || !steps.slice(0, last + 1).some(showsCost)) return explanation
  return { ...explanation, steps: [priceOf(subtotal.after), ...steps.slice(last + 1)] }
}

function isSubtotal({ step }: ExplainedStep): boolean {
  return step === 'cost' || step === 'price' || step === 'markup'
}

function showsCost(step: ExplainedStep): boolean {
  if (step.step === 'cost') return true
  return step.step === 'markup' ? step.percent !== null : step.step === 'price' && step.kind === 'percentage'
}

function priceOf(amount: string): ExplainedPrice {
  return {
    step: 'price',
    kind: 'sum',
    rule: null,
    before: '0',
    after: amount,
    applied: true,
    reason: 'the price before discounts',
    metered: '1',
    lines: [{ label: 'usage', quantity: '1', units: '1', unitPrice: amount, amount }],
  }
}
