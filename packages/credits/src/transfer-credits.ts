import type { Issue } from '@tollgate/kernel'
import { readDescription, readKey, throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type Amount, readPositive } from './model/amount.ts'
import type { Wallet } from './model/wallet.ts'
import { applyToOwner, findWallet } from './open-wallet.ts'

/** Credits to move between two wallets of a tenant. A customer of null is the tenant itself. */
export interface TransferInput {
  readonly tenantId: string
  readonly fromCustomerId: string | null
  readonly toCustomerId: string | null
  readonly amount: Amount
  readonly idempotencyKey: string
  readonly description?: string | null | undefined
}

/** Moves credits. Returns the wallet that they were moved to. */
export async function transferCredits(dependencies: CreditDependencies, input: TransferInput): Promise<Wallet> {
  const { tenantId } = input
  const fromCustomerId = input.fromCustomerId ?? null
  const toCustomerId = input.toCustomerId ?? null
  const issues: Issue[] = []
  const amount = readPositive(input.amount, 'amount', issues)
  const description = readDescription(input.description, 'description', issues)
  const once = readKey(input.idempotencyKey, 'transfer', [fromCustomerId, toCustomerId, amount.toFixed()], issues)
  if (fromCustomerId === toCustomerId) issues.push({ path: 'toCustomerId', message: 'must be another owner than fromCustomerId' })
  throwIssues(issues)
  const source = await findWallet(dependencies, { tenantId, customerId: fromCustomerId })
  const command = { kind: 'transfer', walletId: source.id, once, amount, description } as const
  await applyToOwner(dependencies, { tenantId, customerId: toCustomerId }, ({ id: toWalletId }) => ({ ...command, toWalletId }))
  return findWallet(dependencies, { tenantId, customerId: toCustomerId })
}
