import { countingIds, type IdSource, settableClock, tenantScope } from '@tollgate/kernel'
import { expect } from 'vitest'
import { createCredits } from '../../create-credits.ts'
import type { CreditStore } from '../../credit-store.ts'
import { memoryCreditStore } from '../../memory/index.ts'
import type { CreditEntry } from '../../model/entry.ts'
import type { Grant } from '../../model/grant.ts'
import { START } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'
import type { LedgerStep } from './ledger-step.ts'
import { ReferenceCredits } from './reference-credits.ts'
import { nameOf } from './reference-wallet.ts'
import { type Comparison, PRICED, runStep } from './run-step.ts'

const OWNERS = [null, 'ana', 'ben'] as const
const TENANT = 'acme'

/** Takes steps with the store and with the reference. After each, everything that can be read has to be equal. */
export async function compareWithReference(
  { make, transaction }: CreditStoreSetup,
  steps: readonly LedgerStep[],
  grants: Map<string, Grant> = new Map(),
): Promise<unknown> {
  const ids = countingIds()
  const store = await make(ids)
  const clock = settableClock(START)
  const credits = createCredits({ store, clock, ids })
  const reference = new ReferenceCredits(clock.now().epochMilliseconds)
  const comparison: Comparison = { credits, reference, clock, transaction, calls: [], reservations: [], grants: [], events: [] }
  await credits.setCost({ operation: PRICED, perUsdOfCost: '1' })
  await runStep(comparison, { kind: 'terms', owner: null, whenEmpty: { kind: 'block' } }, 0)
  const history = new Map<string | null, string[]>()
  for (const [i, step] of steps.entries()) {
    const [actual, expected] = await runStep(comparison, step, i + 1)
    expect(actual, `outcome of step ${i}, ${JSON.stringify(step)}`).toBe(expected)
    for (const owner of OWNERS) await compareWallet({ store, comparison, history, grants }, owner, `after step ${i}, ${JSON.stringify(step)}`)
  }
  // Records what is due.
  for (const owner of reference.wallets.keys()) await credits.setTerms({ tenantId: TENANT, customerId: owner, alertDaysLeft: 1 })
  for (const owner of OWNERS) {
    const entries = await compareWallet({ store, comparison, history, grants }, owner, 'at the end')
    expect(entries, `entries of ${owner}`).toEqual(reference.wallets.get(owner)?.entries ?? [])
  }
  expect((await credits.verify(TENANT)).differences).toEqual([])
  return readAll(store)
}

/** Takes steps with the store and with the memory store. All that they have stored has to be equal, ids included. */
export async function compareWithMemory(setup: CreditStoreSetup, steps: readonly LedgerStep[]): Promise<void> {
  const memory: CreditStoreSetup = {
    make: async (ids: IdSource) => memoryCreditStore({ ids }),
    transaction: async (_tenantId, work) => work({ scope: { kind: 'operator' } }),
  }
  const grants = new Map<string, Grant>()
  const expected = await compareWithReference(memory, steps, grants)
  expect(await compareWithReference(setup, steps, grants)).toEqual(expected)
}

interface Reading {
  readonly store: CreditStore
  readonly comparison: Comparison
  /** Entries that were read before. */
  readonly history: Map<string | null, string[]>
  /** Grants by id. The memory store returns all grants, PostgreSQL those that are open. */
  readonly grants: Map<string, Grant>
}

async function compareWallet({ store, comparison: { credits, reference }, history, grants }: Reading, owner: string | null, when: string): Promise<string[]> {
  const expected = reference.wallets.get(owner)
  const status = await credits.wallet({ tenantId: TENANT, customerId: owner })
  if (status === undefined || expected === undefined) {
    expect(status === undefined, `wallet of ${owner} ${when}`).toBe(expected === undefined)
    return []
  }
  const { wallet } = status
  const text = (amounts: Record<string, { toString(): string }>) => Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, String(amount)]))
  const { available, reserved, debt, heldWithoutGrant, granted, consumed, expired, adjusted } = expected
  expect(text({ ...wallet.balances, debt: wallet.debt, heldWithoutGrant: wallet.heldWithoutGrant }), `balances of ${owner} ${when}`).toEqual(
    text({ available, reserved, debt, heldWithoutGrant, granted, consumed, expired, adjusted }),
  )
  if (wallet.debt.gt(0))
    expect(
      status.grants.filter(({ state, remaining }) => state === 'active' && remaining.gt(0)),
      `debt of ${owner} ${when}`,
    ).toEqual([])
  const shown = (grant: Parameters<typeof nameOf>[0], { state, remaining, held }: { state: string; remaining: unknown; held: unknown }) =>
    `${nameOf(grant)} ${state}, ${String(remaining)} remaining, ${String(held)} held`
  expect(
    status.grants.map(grant => shown(inMilliseconds(grant), grant)),
    `grants of ${owner} ${when}`,
  ).toEqual(expected.openGrants().map(grant => shown(grant, grant)))

  for (const grant of (await store.state({ tenantId: TENANT, customerId: owner }))?.grants ?? []) grants.set(grant.id, grant)
  const { items } = await store.entries({ tenantId: TENANT, walletId: wallet.id, first: 100_000 })
  const entries = items.toReversed()
  for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + BigInt(amount.times(1_000_000).toFixed()), 0n)).toBe(0n)
  const stored = entries.map(entry => JSON.stringify(entry))
  const before = history.get(owner) ?? []
  expect(stored.slice(0, before.length), `entries of ${owner} that were read before ${when}`).toEqual(before)
  history.set(owner, stored)
  return entries.map(entry => entryText(entry, grants))
}

function entryText({ kind, amount, balanceAfter, shares }: CreditEntry, grants: ReadonlyMap<string, Grant>): string {
  const named = shares.map(share => {
    const grant = share.grantId === null ? null : grants.get(share.grantId)
    return `; ${share.amount.toFixed()} of ${nameOf(grant === null || grant === undefined ? null : inMilliseconds(grant))}`
  })
  return `${kind} ${amount.toFixed()} -> ${balanceAfter.toFixed()}${named.join('')}`
}

function inMilliseconds({ source, amount, priority, effectiveAt, expiresAt }: Grant) {
  return {
    source,
    priority,
    amount: amount.toFixed(),
    effectiveAt: effectiveAt.epochMilliseconds,
    expiresAt: expiresAt?.epochMilliseconds ?? Infinity,
  }
}

function sortPostings(entry: CreditEntry): CreditEntry {
  return { ...entry, postings: entry.postings.toSorted((one, other) => (one.account < other.account ? -1 : 1)) }
}

/** Returns what a store has of the tenant. The order of postings means nothing. */
async function readAll(store: CreditStore): Promise<unknown> {
  const { items: wallets } = await store.listWallets(TENANT, { first: 10 })
  const entries = await Promise.all(
    wallets.map(async ({ id }) => (await store.entries({ tenantId: TENANT, walletId: id, first: 100_000 })).items.map(sortPostings)),
  )
  const { items: alerts } = await store.alerts({ scope: tenantScope(TENANT), order: 'oldest_first', first: 100_000 })
  return JSON.parse(JSON.stringify({ wallets, entries, alerts }))
}
