import type { Issue } from '@tollgate/kernel'
import { readKey, throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type CreditDecision, decisionOf } from './credit-decision.ts'
import { makeDebit, type ReasonInput } from './make-debit.ts'
import type { OwnerInput } from './owner.ts'
import { type Amount, readPositive } from './model/amount.ts'
import { outcomeOf } from './outcome-of.ts'

/** An amount to debit if it fits. */
export interface SpendInput extends OwnerInput, ReasonInput {
  readonly amount: Amount
  /** The same amount with the same key is debited once. */
  readonly idempotencyKey?: string | undefined
}

/** Debits an amount if it fits. */
export async function spendCredits(dependencies: CreditDependencies, input: SpendInput): Promise<CreditDecision> {
  const now = dependencies.clock.now(input.tenantId)
  const issues: Issue[] = []
  const amount = readPositive(input.amount, 'amount', issues)
  const debit = makeDebit({ amount, now, input }, issues)
  const { tenantId, customerId = null, idempotencyKey } = input
  const once = idempotencyKey === undefined ? null : readKey(idempotencyKey, 'spend', [customerId, amount.toFixed(), input.operation ?? null], issues)
  throwIssues(issues)
  const walletId = await dependencies.walletIds.of(input)
  return decisionOf(outcomeOf(await dependencies.store.apply({ tenantId, commands: [{ kind: 'spend', walletId, once, debit }], now })))
}
