import { type Issue, NotFound } from '@tollgate/kernel'
import { readDescription, throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type Amount, readPositive } from './model/amount.ts'
import type { Grant } from './model/grant.ts'
import { appliedOf } from './outcome-of.ts'

/** What to take back of a grant. */
export interface VoidInput {
  readonly tenantId: string
  readonly grantId: string
  /** Defaults to all that remains. */
  readonly amount?: Amount | null | undefined
  readonly reason: string
}

/** Removes what remains of a grant, or a part of it. */
export async function voidGrant({ store, clock }: CreditDependencies, input: VoidInput): Promise<Grant> {
  const issues: Issue[] = []
  const amount = input.amount === null || input.amount === undefined ? null : readPositive(input.amount, 'amount', issues)
  const reason = readDescription(input.reason, 'reason', issues) ?? ''
  if (reason.trim() === '') issues.push({ path: 'reason', message: 'must not be empty' })
  throwIssues(issues)
  const { tenantId, grantId } = input
  const walletId = await store.walletIdOf(tenantId, { grantId })
  if (walletId === undefined) throw new NotFound('credit grant', grantId)
  const { grant } = appliedOf(await store.apply({ tenantId, commands: [{ kind: 'void', walletId, grantId, amount, reason }], now: clock.now(tenantId) }))
  if (grant === undefined) throw new Error('The store returned no grant.')
  return grant
}
