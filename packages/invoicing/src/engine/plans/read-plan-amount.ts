import { type Decimal, type Issue, ZERO } from '@tollgate/kernel'
import { readAmount } from '@tollgate/kernel/input'
import type { PlanAmount } from '../../model/plans/billing-plan-draft.ts'

const MAX_AMOUNT = '1000000000'
const MAX_DECIMALS = 12

/** What an amount may be. */
interface AmountRules {
  readonly path: string
  readonly isAboveZero?: boolean
  /** Defaults to a billion. */
  readonly max?: string
}

/** Reads an amount of a plan, or adds an issue and returns 0. */
export function readPlanAmount(amount: PlanAmount, { path, isAboveZero = false, max = MAX_AMOUNT }: AmountRules, issues: Issue[]): Decimal {
  const value = readAmount(amount)
  const isInRange = value !== undefined && !value.isNegative() && value.lte(max) && value.decimalPlaces() <= MAX_DECIMALS && !(isAboveZero && value.isZero())
  if (isInRange) return value
  issues.push({
    path,
    message: `must be a decimal ${isAboveZero ? 'above 0' : 'from 0'} to ${max} with at most ${MAX_DECIMALS} decimal places, such as "49.50"`,
  })
  return ZERO
}
