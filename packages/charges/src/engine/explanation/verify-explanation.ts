import { Decimal, type Issue, round, ZERO } from '@tollgate/kernel'
import { percentOf } from '../../model/numbers/charge-amount.ts'
import type { ChargeExplanation, ExplainedCost, ExplainedDiscount, ExplainedPrice, ExplainedStep } from '../../model/explanation/charge-explanation.ts'
import { compareDiscounts } from '../../model/discounts/discount.ts'
import type { DiscountBasis } from '../../model/discounts/effects/percentage.ts'

/**
 * Recomputes a charge from its explanation alone: each line, each step, each discount from its effect and limits, the order
 * of steps and the stacking of discounts. Returns every value that is wrong, such as `steps.2.after`; empty if everything
 * adds up. It cannot verify the facts, such as whether a coupon was redeemed.
 */
export function verifyExplanation({ steps, charge }: ChargeExplanation): readonly Issue[] {
  const findings = createFindings()
  const subtotal = readExplained(steps.findLast(({ step }) => step === 'markup' || step === 'price' || step === 'cost')?.after)
  // A part of a period can take back earlier charges, as a cheaper tier of a volume price does.
  const takesBack = steps.some(step => step.step === 'price' && step.earlier !== undefined)
  let amount = ZERO
  for (const [position, step] of steps.entries()) {
    const path = `steps.${position}`
    findings.expect(`${path}.before`, step.before, amount)
    const after = recompute(step, { path, before: amount, subtotal, findings })
    findings.expect(`${path}.after`, step.after, after)
    if (after.isNegative() && !after.isZero() && !takesBack) findings.add(`${path}.after`, 'must not be negative')
    if (step.applied !== takesEffect(step)) findings.add(`${path}.applied`, `must be ${!step.applied}`)
    amount = readExplained(step.after)
  }
  findings.expect('charge', charge, amount)
  checkOrder(steps, findings)
  checkStacking(steps, findings)
  return findings.issues
}

interface Findings {
  readonly issues: readonly Issue[]
  add(path: string, message: string): void
  expect(path: string, actual: string, expected: Decimal): void
}

interface Place {
  readonly path: string
  readonly before: Decimal
  readonly subtotal: Decimal
  readonly findings: Findings
}

/** Any numeral of an explanation, and short enough to be read without rounding. */
const NUMERAL = /^-?\d{1,28}(?:\.\d{1,36})?$/

function readExplained(numeral: string | undefined): Decimal {
  return numeral !== undefined && NUMERAL.test(numeral) ? new Decimal(numeral) : new Decimal(Number.NaN)
}

function createFindings(): Findings {
  const issues: Issue[] = []
  const add = (path: string, message: string) => void issues.push({ path, message })
  return {
    issues,
    add,
    expect(path, actual, expected) {
      if (!readExplained(actual).eq(expected)) add(path, `must be ${expected.toFixed()}, not ${actual}`)
    },
  }
}

function recompute(step: ExplainedStep, place: Place): Decimal {
  const { before } = place
  switch (step.step) {
    case 'cost':
    case 'price':
      return sumOfLines(step, place)
    case 'markup':
      return step.percent === null ? before : before.plus(percentOf(before, readExplained(step.percent)))
    case 'discount':
      return before.minus(discountedBy(step, place))
    case 'bounds':
      if (step.atLeast !== null && before.lt(readExplained(step.atLeast))) return readExplained(step.atLeast)
      return step.atMost !== null && before.gt(readExplained(step.atMost)) ? readExplained(step.atMost) : before
    case 'rounding':
      return step.scale === null || step.mode === null ? before : round(before, { scale: step.scale, mode: step.mode })
  }
}

function takesEffect(step: ExplainedStep): boolean {
  if (step.step === 'cost' || step.step === 'price') return true
  return step.step === 'markup' ? step.percent !== null : step.before !== step.after
}

function sumOfLines(step: ExplainedCost | ExplainedPrice, { path, findings }: Place): Decimal {
  let sum = ZERO
  let quantity = ZERO
  for (const [position, line] of step.lines.entries()) {
    findings.expect(`${path}.lines.${position}.amount`, line.amount, readExplained(line.units).times(readExplained(line.unitPrice)))
    sum = sum.plus(readExplained(line.amount))
    quantity = quantity.plus(readExplained(line.quantity))
  }
  if (step.step === 'price') {
    findings.expect(`${path}.metered`, step.metered, quantity)
    if (step.earlier !== undefined) checkEarlier(step.earlier, step.lines, { path, findings })
  }
  return sum
}

/** Checks that one line takes off what was priced before. */
function checkEarlier(
  earlier: NonNullable<ExplainedPrice['earlier']>,
  lines: ExplainedPrice['lines'],
  { path, findings }: Pick<Place, 'path' | 'findings'>,
): void {
  const negated = (numeral: string) => readExplained(numeral).neg()
  const matches = lines.some(
    ({ quantity, amount }) => negated(quantity).eq(readExplained(earlier.metered)) && negated(amount).eq(readExplained(earlier.amount)),
  )
  if (!matches) findings.add(`${path}.earlier`, 'must be taken off by one line')
}

function discountedBy(discount: ExplainedDiscount, place: Place): Decimal {
  const { path, before, findings } = place
  if (discount.wanted === null) return ZERO
  const wanted = effectAmount(discount, place)
  findings.expect(`${path}.wanted`, discount.wanted, wanted)
  const { maximum, remainingBudget, floor, taken = '0', earlier = '0' } = discount.limits
  const limits = [
    ...(maximum === null ? [] : [readExplained(maximum).minus(readExplained(taken))]),
    ...(remainingBudget === null ? [] : [readExplained(remainingBudget)]),
  ]
  return Decimal.max(ZERO, Decimal.min(wanted, before, before.plus(readExplained(earlier)).minus(readExplained(floor)), ...limits))
}

function effectAmount({ effect, limits }: ExplainedDiscount, { before, subtotal }: Place): Decimal {
  const basis = (of: DiscountBasis) => (of === 'subtotal' ? subtotal : before)
  switch (effect.kind) {
    case 'percentage':
      return percentOf(basis(effect.basis), readExplained(effect.percent))
    case 'fixed':
      return Decimal.max(ZERO, readExplained(effect.amount).minus(readExplained(limits.taken ?? '0')))
    case 'tiered': {
      if (effect.measured === null) return ZERO
      const measured = readExplained(effect.measured)
      const reached = effect.tiers.findLast(({ from }) => measured.gte(readExplained(from)))
      return reached === undefined ? ZERO : percentOf(basis(effect.basis), readExplained(reached.percent))
    }
  }
}

const ORDER: readonly ExplainedStep['step'][] = ['cost', 'price', 'markup', 'discount', 'bounds', 'rounding']

function checkOrder(steps: readonly ExplainedStep[], findings: Findings): void {
  for (const [position, step] of steps.entries()) {
    const previous = steps[position - 1]
    if (previous === undefined) continue
    const ahead = ORDER.indexOf(step.step) - ORDER.indexOf(previous.step)
    if (ahead < 0 || (ahead === 0 && step.step !== 'discount')) findings.add(`steps.${position}.step`, `must not be ${step.step} after ${previous.step}`)
    if (step.step !== 'discount' || previous.step !== 'discount') continue
    const order = compareDiscounts({ id: previous.rule, priority: previous.priority }, { id: step.rule, priority: step.priority })
    if (order >= 0) findings.add(`steps.${position}.rule`, `must precede ${previous.rule}, by priority and id`)
  }
  const [first] = steps
  if (first?.step !== 'cost' && first?.step !== 'price') findings.add('steps.0.step', 'must be cost or price')
  if (steps.at(-1)?.step !== 'rounding') findings.add(`steps.${steps.length}`, 'must be rounding')
}

function checkStacking(steps: readonly ExplainedStep[], findings: Findings): void {
  const applied = [...steps.entries()].filter((entry): entry is [number, ExplainedDiscount] => entry[1].step === 'discount' && entry[1].applied)
  const groups = new Set<string>()
  for (const [position, { rule, stacking }] of applied) {
    if (stacking.kind === 'exclusive' && applied.length > 1)
      findings.add(`steps.${position}.stacking`, `must not be exclusive: ${rule} was combined with others`)
    if (stacking.kind !== 'best-of') continue
    if (groups.has(stacking.group))
      findings.add(`steps.${position}.stacking`, `must not be of the group ${stacking.group}, of which another discount was applied`)
    groups.add(stacking.group)
  }
}
