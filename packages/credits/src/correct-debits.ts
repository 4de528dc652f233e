import type { Transaction } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { creditsOf } from './engine/charge-credits.ts'
import type { Debit, WalletCommand } from './engine/command.ts'
import type { CreditedUsage } from './model/credit-cost.ts'
import type { CreditEntry } from './model/entry.ts'

/** A usage event whose cost was corrected, with the corrected cost. */
export interface CorrectedUsage extends CreditedUsage {
  readonly tenantId: string
  readonly eventId: string
}

/** Corrects the debits of events whose cost was corrected, by the difference, each as an entry of its own. */
export async function correctDebitsIn(
  { store, costs, clock }: CreditDependencies,
  transaction: Transaction,
  usages: readonly CorrectedUsage[],
): Promise<readonly CreditEntry[]> {
  const entries: CreditEntry[] = []
  const byTenant = Map.groupBy(usages, ({ tenantId }) => tenantId)
  for (const tenantId of [...byTenant.keys()].sort()) {
    const ofTenant = byTenant.get(tenantId) ?? []
    const eventIds = ofTenant.map(({ eventId }) => eventId)
    const debits = new Map((await store.debitsOfEvents(tenantId, eventIds, transaction)).map(debit => [debit.eventId, debit]))
    if (debits.size === 0) continue
    const current = await costs.current(transaction)
    const commands: WalletCommand[] = []
    for (const usage of ofTenant) {
      const known = debits.get(usage.eventId)
      if (known === undefined || known.costId === null) continue
      const { operation, occurredAt, eventId } = usage
      // The version that the debit used, also if an operator has set another one for that time since.
      const cost = current.get(operation)?.find(({ id }) => id === known.costId)
      if (cost === undefined) continue
      const amount = creditsOf(cost, usage).minus(known.amount)
      if (amount.isZero()) continue
      const debit: Debit = { amount, occurredAt, operation, description: null, resourceType: null, resourceId: null, eventId, costId: cost.id }
      commands.push({ kind: 'correct', walletId: known.walletId, debit })
    }
    if (commands.length === 0) continue
    for (const outcome of await store.applyIn(transaction, { tenantId, commands, now: clock.now(tenantId) })) {
      if (outcome.kind === 'applied') entries.push(...outcome.entries)
    }
  }
  return entries
}
