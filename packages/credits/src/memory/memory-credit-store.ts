import { Decimal, type IdSource, InvalidInput, type Page, scopeIncludes, Temporal, toPage, ZERO } from '@tollgate/kernel'
import type { CreditStore, EventDebit, TenantCommands, VerificationProgress } from '../credit-store.ts'
import { applyCommands } from '../engine/apply-command.ts'
import { nextDueOf } from '../engine/next-due.ts'
import type { UsedKey } from '../engine/credit-book.ts'
import { recordedEntries } from '../engine/debit-run.ts'
import { areApplied, type CommandOutcome } from '../engine/outcome.ts'
import { walletsOfCommand } from '../engine/wallets-of-command.ts'
import { WalletDraft } from '../engine/wallet-draft.ts'
import type { WalletState } from '../engine/wallet-state.ts'
import { type Balances, NO_CREDITS } from '../model/account.ts'
import type { CreditAlert } from '../model/alert.ts'
import { overlappingCost } from '../model/check-credit-cost.ts'
import type { Allowance } from '../model/allowance.ts'
import type { CreditCost } from '../model/credit-cost.ts'
import { type DebitRule, STANDARD_DEBIT_RULE } from '../model/debit-rule.ts'
import type { CreditEntry } from '../model/entry.ts'
import type { Grant } from '../model/grant.ts'
import type { CreditReservation } from '../model/reservation.ts'
import type { TopUp } from '../model/top-up.ts'
import type { Wallet, WalletOwner } from '../model/wallet.ts'

interface StoredWallet {
  wallet: Wallet
  nextDue: Temporal.Instant | null
  readonly grants: Map<string, Grant>
  readonly reservations: Map<string, CreditReservation>
  readonly allowances: Map<string, Allowance>
  readonly topUps: Map<string, TopUp>
  readonly entries: CreditEntry[]
}

interface TenantCredits {
  readonly wallets: Map<string, StoredWallet>
  readonly keys: Map<string, UsedKey>
  debitRule: DebitRule
  verification: VerificationProgress & { readonly lastResult: number }
}

/** Keeps credits in memory: for tests, examples, and programs that may forget them. `ids` names the grants that the ledger makes. */
export function memoryCreditStore({ ids }: { readonly ids: IdSource }): CreditStore {
  const tenants = new Map<string, TenantCredits>()
  const costs: CreditCost[] = []
  const alerts: CreditAlert[] = []
  const recordedAlerts = new Set<CreditAlert>()

  function creditsOf(tenantId: string): TenantCredits {
    const known = tenants.get(tenantId)
    if (known !== undefined) return known
    const made: TenantCredits = { wallets: new Map(), keys: new Map(), debitRule: STANDARD_DEBIT_RULE, verification: NOT_VERIFIED }
    tenants.set(tenantId, made)
    return made
  }

  function walletOf({ tenantId, customerId }: WalletOwner): StoredWallet | undefined {
    return creditsOf(tenantId)
      .wallets.values()
      .find(({ wallet }) => wallet.customerId === customerId)
  }

  /** Applies commands, and keeps what they changed if `keeps` says so of their outcomes. */
  function apply({ tenantId, commands, now }: TenantCommands, keeps?: (outcomes: readonly CommandOutcome[]) => boolean): readonly CommandOutcome[] {
    const { wallets, keys } = creditsOf(tenantId)
    const drafts = new Map<string, WalletDraft>()
    // In the order of their ids, in which their alerts are recorded.
    for (const walletId of [...new Set(commands.flatMap(walletsOfCommand))].toSorted()) {
      const stored = wallets.get(walletId)
      if (stored !== undefined) drafts.set(walletId, new WalletDraft(stateOf(stored), now))
    }
    const outcomes = applyCommands({ wallets: drafts, keys, now, ids }, commands)
    if (keeps?.(outcomes) === false) return outcomes
    for (const [walletId, draft] of drafts) {
      const stored = wallets.get(walletId)
      if (stored === undefined) continue
      stored.wallet = draft.wallet()
      stored.nextDue = nextDueOf(draft, now)
      for (const [id, grant] of draft.changedGrants) stored.grants.set(id, grant)
      for (const [id, reservation] of draft.changedReservations) stored.reservations.set(id, reservation)
      for (const [id, allowance] of draft.changedAllowances) stored.allowances.set(id, allowance)
      for (const [id, topUp] of draft.changedTopUps) stored.topUps.set(id, topUp)
      stored.entries.push(...recordedEntries(draft))
      const { customerId } = stored.wallet
      for (const alert of draft.alerts) {
        alerts.push({ cursor: String(alerts.length + 1), tenantId, walletId, customerId, occurredAt: draft.recordedAt, ...alert })
      }
    }
    return outcomes
  }

  return {
    apply: async commands => apply(commands),
    applyIn: async (_transaction, commands) => apply(commands),
    wallet: async owner => walletOf(owner)?.wallet,
    state: async owner => {
      const stored = walletOf(owner)
      return stored === undefined ? undefined : stateOf(stored)
    },
    wallets: async (tenantId, customerIds) =>
      [...creditsOf(tenantId).wallets.values()].map(({ wallet }) => wallet).filter(({ customerId }) => customerIds.includes(customerId)),
    debitTargets: async (_transaction, owners) =>
      owners.flatMap(({ tenantId, customerIds }) => {
        const { wallets, debitRule } = creditsOf(tenantId)
        const asked = new Set<string | null>([null, ...customerIds])
        const found = [...wallets.values()].filter(({ wallet: { customerId } }) => asked.has(customerId))
        return found.map(({ wallet: { id, customerId } }) => ({ tenantId, customerId, walletId: id, rule: debitRule, costVersions: costs.length }))
      }),
    holders: async (_transaction, reservations) =>
      reservations.flatMap(({ tenantId, reservationId }) => {
        const holder = creditsOf(tenantId)
          .wallets.values()
          .find(stored => stored.reservations.has(reservationId))
        return holder === undefined ? [] : [{ tenantId, reservationId, walletId: holder.wallet.id }]
      }),
    applyToNew: async (wallet, commands) => {
      const { wallets } = creditsOf(wallet.tenantId)
      if (wallets.values().some(({ wallet: { customerId } }) => customerId === wallet.customerId)) return undefined
      wallets.set(wallet.id, { wallet, nextDue: null, grants: new Map(), reservations: new Map(), allowances: new Map(), topUps: new Map(), entries: [] })
      const outcomes = apply(commands, areApplied)
      if (!areApplied(outcomes)) wallets.delete(wallet.id)
      return outcomes
    },
    debitRule: async tenantId => creditsOf(tenantId).debitRule,
    setDebitRule: async (tenantId, rule) => {
      creditsOf(tenantId).debitRule = rule
    },
    listWallets: async (tenantId, { first, after }) => {
      const sorted = [...creditsOf(tenantId).wallets.values()].map(({ wallet }) => wallet).sort(compareOwners)
      const start = after === undefined ? 0 : sorted.findIndex(({ id }) => id === after) + 1
      return toPage(sorted.slice(start, start + first + 1), first)
    },
    walletIdOf: async (tenantId, what) =>
      creditsOf(tenantId)
        .wallets.values()
        .find(({ grants, reservations }) => ('grantId' in what ? grants.has(what.grantId) : reservations.has(what.reservationId)))?.wallet.id,
    entries: async ({ tenantId, walletId, first, after, recorded }) => {
      const listed = (creditsOf(tenantId).wallets.get(walletId)?.entries ?? [])
        .filter(({ sequence, recordedAt }) => {
          if (after !== undefined && sequence >= after) return false
          return recorded === undefined || (compare(recorded.from, recordedAt) <= 0 && compare(recordedAt, recorded.to) < 0)
        })
        .toReversed()
      return toPage(listed.slice(0, first + 1), first)
    },
    lastEntryBefore: async ({ tenantId, id }, time) =>
      creditsOf(tenantId)
        .wallets.get(id)
        ?.entries.findLast(({ recordedAt }) => compare(recordedAt, time) < 0),
    debitsOfEvents: async (tenantId, eventIds) => debitsOf([...creditsOf(tenantId).wallets.values()], new Set(eventIds)),
    entriesOfEvents: async (tenantId, eventIds) =>
      [...creditsOf(tenantId).wallets.values()].flatMap(({ entries }) =>
        entries.filter(({ kind, eventId }) => kind !== 'correction' && eventId !== null && eventIds.includes(eventId)),
      ),
    alerts: async ({ scope, customerId, order, first, after }): Promise<Page<CreditAlert>> => {
      const listed = (order === 'oldest_first' ? alerts : alerts.toReversed()).filter(alert => {
        if (!scopeIncludes(scope, alert.tenantId, alert.customerId ?? undefined) || (customerId !== undefined && alert.customerId !== customerId)) return false
        return after === undefined || (order === 'oldest_first' ? Number(alert.cursor) > Number(after) : Number(alert.cursor) < Number(after))
      })
      return toPage(listed.slice(0, first + 1), first)
    },
    lastAlertCursor: async () => String(alerts.length),
    tenantsToRecord: async first => [...new Set(alerts.filter(alert => !recordedAlerts.has(alert)).map(({ tenantId }) => tenantId))].slice(0, first),
    recordAlerts: async (tenantId, first) => {
      const added = alerts.filter(alert => alert.tenantId === tenantId && !recordedAlerts.has(alert)).slice(0, first)
      for (const alert of added) recordedAlerts.add(alert)
      return added
    },
    nextDue: async tenantId => {
      const dates = [...creditsOf(tenantId).wallets.values()].flatMap(({ nextDue, reservations }) => [
        ...(nextDue === null ? [] : [nextDue]),
        ...[...reservations.values()].filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
      ])
      return dates.toSorted(compare)[0] ?? null
    },
    dueTenants: async (now, first) =>
      [...tenants]
        .filter(([, { wallets }]) => wallets.values().some(stored => isDue(stored, now)))
        .map(([tenantId]) => tenantId)
        .slice(0, first),
    dueWallets: async (tenantId, now, first) =>
      [...creditsOf(tenantId).wallets]
        .filter(([, stored]) => isDue(stored, now))
        .map(([walletId]) => walletId)
        .toSorted()
        .slice(0, first),
    topUpTenants: async (now, first) =>
      [...tenants]
        .filter(([, { wallets }]) => wallets.values().some(({ topUps }) => topUps.values().some(topUp => isTopUpDue(topUp, now))))
        .map(([tenantId]) => tenantId)
        .slice(0, first),
    claimTopUps: async (tenantId, { now, first, retrySeconds }) =>
      [...creditsOf(tenantId).wallets.values()]
        .flatMap(({ topUps }) => [...topUps.values()].map(topUp => ({ topUp, topUps })))
        .filter(({ topUp }) => isTopUpDue(topUp, now))
        .slice(0, first)
        .map(({ topUp, topUps }) => {
          const seconds = retrySeconds[topUp.attempts] ?? retrySeconds.at(-1) ?? 0
          const claimed = { ...topUp, attempts: topUp.attempts + 1, nextAttemptAt: now.add({ seconds }) }
          topUps.set(topUp.id, claimed)
          return claimed
        }),
    addUpEntries: async (tenantId, walletIds) => {
      const { wallets } = creditsOf(tenantId)
      return walletIds.flatMap(id => wallets.get(id) ?? []).map(({ wallet, entries }) => ({ wallet, entries: entries.length, sums: sumPostings(entries) }))
    },
    tenantsToVerify: async (before, first) =>
      [...tenants]
        .filter(
          ([
            ,
            {
              wallets,
              verification: { finishedAt },
            },
          ]) => wallets.size > 0 && (finishedAt === null || compare(finishedAt, before) < 0),
        )
        .map(([tenantId]) => tenantId)
        .slice(0, first),
    verificationProgress: async tenantId => creditsOf(tenantId).verification,
    saveVerification: async (tenantId, { after, differing, finishedAt }) => {
      const tenant = creditsOf(tenantId)
      const { verification: known } = tenant
      tenant.verification =
        finishedAt === null
          ? { after, differing, finishedAt: known.finishedAt, lastResult: Math.max(known.lastResult, differing) }
          : { after, differing: 0, finishedAt, lastResult: differing }
    },
    differingWallets: async () => tenants.values().reduce((sum, { verification }) => sum + verification.lastResult, 0),
    costs: async () => [...costs],
    addCost: async cost => {
      const { conflict, ended } = overlappingCost(costs, cost)
      if (conflict !== undefined) throw new InvalidInput([{ path: 'from', message: `overlaps the cost that applies from ${conflict.from.toString()}` }])
      if (ended !== undefined) costs.splice(costs.indexOf(ended), 1, { ...ended, to: cost.from })
      costs.push(cost)
    },
  }
}

const { compare } = Temporal.Instant

const NOT_VERIFIED = { after: null, differing: 0, finishedAt: null, lastResult: 0 } as const

function sumPostings(entries: readonly CreditEntry[]): Balances {
  const sums = { ...NO_CREDITS }
  for (const { account, amount } of entries.flatMap(({ postings }) => postings)) sums[account] = sums[account].plus(amount)
  return sums
}

function stateOf({ wallet, grants, reservations, allowances, topUps }: StoredWallet): WalletState {
  return { wallet, grants: [...grants.values()], reservations: [...reservations.values()], allowances: [...allowances.values()], topUps: [...topUps.values()] }
}

function isTopUpDue({ state, nextAttemptAt }: TopUp, now: Temporal.Instant): boolean {
  return state === 'requested' && compare(nextAttemptAt, now) <= 0
}

function isDue({ nextDue, reservations }: StoredWallet, now: Temporal.Instant): boolean {
  if (nextDue !== null && compare(nextDue, now) <= 0) return true
  return reservations.values().some(({ state, expiresAt }) => state === 'open' && compare(expiresAt, now) <= 0)
}

function compareOwners({ customerId: one }: Wallet, { customerId: other }: Wallet): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null)
  return one < other ? -1 : one > other ? 1 : 0
}

function debitsOf(wallets: readonly StoredWallet[], eventIds: ReadonlySet<string>): EventDebit[] {
  const debits = new Map<string, EventDebit>()
  for (const { wallet, entries } of wallets) {
    for (const { eventId, postings, costId } of entries) {
      if (eventId === null || !eventIds.has(eventId)) continue
      const consumed = postings.find(({ account }) => account === 'consumed')?.amount ?? ZERO
      const known = debits.get(eventId)
      debits.set(eventId, { eventId, walletId: wallet.id, amount: Decimal.add(known?.amount ?? ZERO, consumed), costId: known?.costId ?? costId })
    }
  }
  return [...debits.values()]
}
