import { InvalidInput, type Issue } from '@tollgate/kernel'
import { type AmountInput, readAmount, readTimeAt } from '@tollgate/kernel/input'
import type { CreditedUsageInput } from './credits.ts'
import type { CreditedUsage } from './model/credit-cost.ts'

/** Reads usage whose credits to compute. Throws `InvalidInput` for an amount or a time that is none. */
export function readCreditedUsage({ operation, occurredAt, ...input }: CreditedUsageInput): CreditedUsage {
  const issues: Issue[] = []
  const amountAt = (path: string, amount: AmountInput | null | undefined) => {
    if (amount === null || amount === undefined) return null
    const value = readAmount(amount)
    if (value === undefined || value.isNegative()) issues.push({ path, message: 'must be a decimal of 0 or more' })
    return value ?? null
  }
  const at = readTimeAt('occurredAt', occurredAt, issues)
  const quantity = amountAt('quantity', input.quantity)
  const cost = amountAt('cost', input.cost)
  if (issues.length > 0 || at === null) throw new InvalidInput(issues)
  return { operation, provider: input.provider ?? null, model: input.model ?? null, occurredAt: at, tokens: input.tokens ?? null, quantity, cost }
}
