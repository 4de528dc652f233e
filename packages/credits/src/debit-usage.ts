import { type Decimal, type Transaction, ZERO } from '@tollgate/kernel'
import type { CostsByOperation } from './cost-catalog.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { DebitTarget, TenantCommands } from './credit-store.ts'
import { chargeCredits } from './engine/charge-credits.ts'
import type { Debit, WalletCommand } from './engine/command.ts'
import type { CommandOutcome } from './engine/outcome.ts'
import type { CreditedUsage } from './model/credit-cost.ts'
import type { CreditEntry } from './model/entry.ts'

/** A usage event to debit. */
export interface UsageToDebit extends CreditedUsage {
  readonly tenantId: string
  readonly customerId: string | null
  readonly eventId: string
  /** Overrides the credit cost of the operation. */
  readonly credits: Decimal | null
  readonly description: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  /** Reservation that the event settles. One without credits is ignored. */
  readonly reservationId: string | null
}

/** What a usage event was debited. */
export interface RecordedDebit {
  readonly walletId: string
  readonly amount: Decimal
  readonly entry: CreditEntry
}

/** Debits recorded usage in the transaction that records it. Tenants are taken in order, so that transactions cannot deadlock. */
export async function debitUsageIn(
  dependencies: CreditDependencies,
  transaction: Transaction,
  usages: readonly UsageToDebit[],
): Promise<readonly (RecordedDebit | null)[]> {
  const byTenant = Map.groupBy(usages, ({ tenantId }) => tenantId)
  const tenantIds = [...byTenant.keys()].sort()
  const owners = tenantIds.map(tenantId => ({ tenantId, customerIds: customersOf(byTenant.get(tenantId) ?? []) }))
  const targets = Map.groupBy(await dependencies.store.debitTargets(transaction, owners), ({ tenantId }) => tenantId)
  const debits = new Map<UsageToDebit, RecordedDebit>()
  for (const tenantId of tenantIds) {
    const ofTenant = targets.get(tenantId)
    if (ofTenant === undefined) continue
    const tenantUsage = { tenantId, usages: byTenant.get(tenantId) ?? [], targets: ofTenant }
    for (const [usage, debit] of await debitTenant(dependencies, transaction, tenantUsage)) debits.set(usage, debit)
  }
  return usages.map(usage => debits.get(usage) ?? null)
}

function customersOf(usages: readonly UsageToDebit[]): readonly string[] {
  const customers = new Set<string>()
  for (const { customerId } of usages) if (customerId !== null) customers.add(customerId)
  return [...customers]
}

interface TenantUsage {
  readonly tenantId: string
  readonly usages: readonly UsageToDebit[]
  readonly targets: readonly DebitTarget[]
}

/** A usage whose wallet and credits are known. */
interface PlannedDebit {
  readonly usage: UsageToDebit
  readonly walletId: string
  readonly debit: Debit
}

async function debitTenant({ store, costs, clock }: CreditDependencies, transaction: Transaction, { tenantId, usages, targets }: TenantUsage) {
  const walletOf = walletsByCustomer(targets)
  const current = await costs.current(transaction, targets[0]?.costVersions)
  const planned: PlannedDebit[] = []
  for (const usage of usages) {
    const walletId = walletOf(usage.customerId)
    const debit = walletId === undefined ? undefined : debitOf(current, usage)
    if (walletId !== undefined && debit !== undefined) planned.push({ usage, walletId, debit })
  }
  if (planned.length === 0) return []
  const groups = groupDebits(planned)
  const commands: TenantCommands = { tenantId, commands: groups.map(({ command }) => command), now: clock.now() }
  return recordedDebits(groups, await store.applyIn(transaction, commands))
}

/** Returns which wallet the usage of a customer debits, by the rule of the tenant. */
function walletsByCustomer(targets: readonly DebitTarget[]): (customerId: string | null) => string | undefined {
  const wallets = new Map<string | null, string>()
  for (const { customerId, walletId, rule } of targets) {
    if (rule === 'customer_or_tenant' || (rule === 'tenant') === (customerId === null)) wallets.set(customerId, walletId)
  }
  return customerId => wallets.get(customerId) ?? wallets.get(null)
}

/** Returns what a usage debits; undefined if it costs no credits. */
function debitOf(costs: CostsByOperation, usage: UsageToDebit): Debit | undefined {
  const { operation, description, resourceType, resourceId, eventId, occurredAt } = usage
  const charged = usage.credits === null ? chargeCredits(costs.get(operation) ?? [], usage) : { amount: usage.credits, costId: null, awaitsCost: false }
  // Usage that costs nothing ends its reservation too.
  if (usage.reservationId === null && (charged === undefined || (charged.amount.isZero() && !charged.awaitsCost))) return undefined
  const { amount, costId } = charged ?? { amount: ZERO, costId: null }
  return { amount, occurredAt, operation, description, resourceType, resourceId, eventId, costId }
}

/** A command, and the debits that it makes in the order of its entries. */
interface DebitGroup {
  readonly command: WalletCommand
  readonly planned: readonly PlannedDebit[]
}

/** One command for all debits of a wallet, and one for each usage that settles a reservation. Wallets are in the order of their first debit. */
function groupDebits(planned: readonly PlannedDebit[]): DebitGroup[] {
  const settling = planned.filter(({ usage }) => usage.reservationId !== null)
  const others = Map.groupBy(settling.length === 0 ? planned : planned.filter(({ usage }) => usage.reservationId === null), ({ walletId }) => walletId)
  return [
    ...settling.map(one => ({
      command: { kind: 'settle', walletId: one.walletId, reservationId: one.usage.reservationId ?? '', debit: one.debit, isRecorded: true } as const,
      planned: [one],
    })),
    ...[...others].map(([walletId, ofWallet]) => ({
      command: { kind: 'debit', walletId, debits: ofWallet.map(({ debit }) => debit) } as const,
      planned: ofWallet,
    })),
  ]
}

function recordedDebits(groups: readonly DebitGroup[], outcomes: readonly CommandOutcome[]): [UsageToDebit, RecordedDebit][] {
  return groups.flatMap(({ planned }, i) => {
    const outcome = outcomes[i]
    if (outcome?.kind !== 'applied') throw new Error('A debit of recorded usage was not applied.')
    return planned.flatMap(({ usage, walletId, debit: { amount } }, at): [UsageToDebit, RecordedDebit][] => {
      const entry = outcome.entries[at]
      if (entry === undefined && amount.isZero()) return []
      if (entry === undefined) throw new Error('A debit of recorded usage has no entry.')
      return [[usage, { walletId, amount, entry }]]
    })
  })
}

/** Corrects the debits of events whose cost was corrected, by the difference, each as an entry of its own. */
export async function correctDebitsIn(
  { store, costs, clock }: CreditDependencies,
  transaction: Transaction,
  usages: readonly UsageToDebit[],
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
      const { operation, occurredAt, description, resourceType, resourceId, eventId } = usage
      const charged = chargeCredits(current.get(operation) ?? [], usage)
      if (charged === undefined) continue
      const amount = charged.amount.minus(known.amount)
      if (amount.isZero()) continue
      const debit: Debit = { amount, occurredAt, operation, description, resourceType, resourceId, eventId, costId: charged.costId }
      commands.push({ kind: 'correct', walletId: known.walletId, debit })
    }
    if (commands.length === 0) continue
    for (const outcome of await store.applyIn(transaction, { tenantId, commands, now: clock.now() })) {
      if (outcome.kind === 'applied') entries.push(...outcome.entries)
    }
  }
  return entries
}
