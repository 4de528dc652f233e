import { type Decimal, type Transaction, ZERO } from '@tollgate/kernel'
import type { CostsByOperation } from './cost-catalog.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { DebitTarget, ReservationOfTenant } from './credit-store.ts'
import { costInEffect, creditsOf, mayBeCorrected } from './engine/charge-credits.ts'
import type { Debit, WalletCommand } from './engine/command.ts'
import type { CreditedUsage } from './model/credit-cost.ts'

/** A usage event to debit. Fields are read only if a wallet may be debited. */
export interface UsageToDebit extends CreditedUsage {
  readonly tenantId: string
  readonly customerId: string | null
  readonly eventId: string
  /** Whether a rate limit refused the call, so that its operation costs nothing. Defaults to false. */
  readonly isRateLimited?: boolean | undefined
  /** Overrides the credit cost of the operation. */
  readonly credits: Decimal | null
  readonly description: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  /** Reservation that the event settles. One without credits is ignored. */
  readonly reservationId: string | null
}

/** What each usage was debited, in order; null for usage without a debit. */
export type DebitedCredits = readonly (Decimal | null)[]

/** The wallets that usage may debit, by tenant, and what operations cost. Read by `readPayersIn`, used in the same transaction. */
export interface Payers {
  readonly wallets: ReadonlyMap<string, readonly DebitTarget[]>
  /** Wallets that have the reservations which usage settles, by tenant and reservation. */
  readonly holders: ReadonlyMap<string, string>
  readonly costs: CostsByOperation
}

/** Reads which wallets usage may debit; undefined if there is none. Locks nothing. */
export async function readPayersIn(
  { store, costs }: CreditDependencies,
  transaction: Transaction,
  usages: readonly Pick<UsageToDebit, 'tenantId' | 'customerId' | 'reservationId'>[],
): Promise<Payers | undefined> {
  const owners = new Map<string, Set<string>>()
  const reservations: ReservationOfTenant[] = []
  for (const { tenantId, customerId, reservationId } of usages) {
    if (reservationId !== null) reservations.push({ tenantId, reservationId })
    let customers = owners.get(tenantId)
    if (customers === undefined) owners.set(tenantId, (customers = new Set()))
    if (customerId !== null) customers.add(customerId)
  }
  const [targets, found] = await Promise.all([
    store.debitTargets(
      transaction,
      [...owners].map(([tenantId, customerIds]) => ({ tenantId, customerIds })),
    ),
    reservations.length === 0 ? [] : store.holders(transaction, reservations),
  ])
  if (targets.length === 0 && found.length === 0) return undefined
  return {
    wallets: Map.groupBy(targets, ({ tenantId }) => tenantId),
    holders: new Map(found.map(({ tenantId, reservationId, walletId }) => [holderKey(tenantId, reservationId), walletId])),
    costs: await costs.current(transaction, targets[0]?.costVersions),
  }
}

/** Debits recorded usage in the transaction that records it. Tenants are taken in order, so that transactions cannot deadlock. */
export async function debitUsageIn(
  dependencies: CreditDependencies,
  transaction: Transaction,
  { usages, payers }: { readonly usages: readonly UsageToDebit[]; readonly payers: Payers },
): Promise<DebitedCredits> {
  const debited: (Decimal | null)[] = usages.map(() => null)
  const plans = [...planDebits(usages, payers, debited)].sort(([one], [other]) => (one < other ? -1 : 1))
  for (const [tenantId, plan] of plans) await debitTenant(dependencies, transaction, { tenantId, plan, debited })
  return debited
}

function holderKey(tenantId: string, reservationId: string): string {
  return `${tenantId}\0${reservationId}`
}

/** The debits of a tenant. */
interface TenantPlan {
  readonly walletOf: (customerId: string | null) => string | undefined
  /** By wallet. */
  readonly debits: Map<string, Debit[]>
  readonly settlements: { readonly command: WalletCommand; readonly position: number }[]
  /** Of reservations of usage that no wallet pays. */
  readonly releases: WalletCommand[]
}

/** Finds the wallet and the credits of each usage, and notes them in `debited`. */
function planDebits(usages: readonly UsageToDebit[], payers: Payers, debited: (Decimal | null)[]): Map<string, TenantPlan> {
  const plans = new Map<string, TenantPlan>()
  for (const [position, usage] of usages.entries()) {
    const { tenantId } = usage
    let plan = plans.get(tenantId)
    if (plan === undefined) {
      plan = { walletOf: walletsByCustomer(payers.wallets.get(tenantId) ?? []), debits: new Map(), settlements: [], releases: [] }
      plans.set(tenantId, plan)
    }
    const walletId = plan.walletOf(usage.customerId)
    const debit = walletId === undefined ? undefined : debitOf(payers.costs, usage)
    const { reservationId } = usage
    const holder = reservationId === null ? undefined : payers.holders.get(holderKey(tenantId, reservationId))
    if (walletId === undefined || debit === undefined) {
      if (holder !== undefined && reservationId !== null) plan.releases.push({ kind: 'release', walletId: holder, reservationId })
      continue
    }
    debited[position] = debit.amount
    if (reservationId !== null) {
      const heldBy = holder === walletId ? undefined : holder
      plan.settlements.push({ command: { kind: 'settle', walletId, heldBy, reservationId, debit, isRecorded: true }, position })
      continue
    }
    const ofWallet = plan.debits.get(walletId)
    if (ofWallet === undefined) plan.debits.set(walletId, [debit])
    else ofWallet.push(debit)
  }
  return plans
}

interface TenantDebits {
  readonly tenantId: string
  readonly plan: TenantPlan
  readonly debited: (Decimal | null)[]
}

/** One command for all debits of a wallet, and one for each usage that settles a reservation. */
async function debitTenant({ store, clock }: CreditDependencies, transaction: Transaction, { tenantId, plan, debited }: TenantDebits): Promise<void> {
  const commands = plan.settlements.map(({ command }) => command)
  for (const [walletId, debits] of plan.debits) commands.push({ kind: 'debit', walletId, debits })
  commands.push(...plan.releases)
  if (commands.length === 0) return
  const outcomes = await store.applyIn(transaction, { tenantId, commands, now: clock.now(tenantId) })
  for (const [i, { position }] of plan.settlements.entries()) {
    const outcome = outcomes[i]
    if (outcome?.kind !== 'applied') throw new Error('A debit of recorded usage was not applied.')
    // Usage without a credit cost that settles no reservation of credits.
    if (outcome.entries.length === 0) debited[position] = null
  }
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
  const { operation, credits } = usage
  const versions = credits === null && usage.isRateLimited !== true ? costs.get(operation) : undefined
  const cost = versions && costInEffect(versions, usage)
  const amount = credits ?? (cost === undefined ? ZERO : creditsOf(cost, usage))
  // Usage that costs nothing ends its reservation too.
  if (amount.isZero() && usage.reservationId === null && (cost === undefined || !mayBeCorrected(cost, usage))) return undefined
  const { occurredAt, description, resourceType, resourceId, eventId } = usage
  return { amount, occurredAt, operation, description, resourceType, resourceId, eventId, costId: cost?.id ?? null }
}
