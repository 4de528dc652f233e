import { type Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { CreditStore } from './credit-store.ts'
import { LEDGER_ACCOUNTS, NO_CREDITS, type LedgerAccount } from './model/account.ts'
import type { CreditEntry } from './model/entry.ts'
import type { Wallet } from './model/wallet.ts'
import { consumedBy } from './read-wallet.ts'

/** Reads the ledger of a tenant. */
interface LedgerReader {
  readonly store: Pick<CreditStore, 'entries' | 'listWallets'>
}

/** Where entries and balances differ. */
export interface LedgerDifference {
  readonly walletId: string
  readonly customerId: string | null
  /** Sequence of the entry that is missing or does not add up; null for a difference of a balance. */
  readonly sequence: number | null
  readonly message: string
}

/** The result of a verification. */
export interface LedgerVerification {
  readonly valid: boolean
  readonly wallets: number
  readonly entries: number
  readonly differences: readonly LedgerDifference[]
}

/** How to verify. */
export interface VerifyLedgerOptions {
  /** Called after each page of entries. */
  readonly onProgress?: (verified: { readonly wallets: number; readonly entries: number }) => void
}

const PAGE = 1_000

/** What a later entry is compared with. */
type Totals = Pick<CreditEntry, 'balanceAfter' | 'consumedAfter' | 'recordedAt'>

const START: Totals = { balanceAfter: ZERO, consumedAfter: ZERO, recordedAt: Temporal.Instant.fromEpochMilliseconds(0) }

/** Whether the totals after an entry are those before it and its own amounts. Balances of the past are read from them. */
function follows(entry: CreditEntry, before: Totals): boolean {
  return (
    entry.balanceAfter.minus(entry.amount).eq(before.balanceAfter) &&
    entry.consumedAfter.minus(consumedBy(entry)).eq(before.consumedAfter) &&
    Temporal.Instant.compare(before.recordedAt, entry.recordedAt) <= 0
  )
}

/** Adds up the entries of every wallet of a tenant and compares them with the balances. */
export async function verifyLedger(dependencies: LedgerReader, tenantId: string, { onProgress }: VerifyLedgerOptions = {}): Promise<LedgerVerification> {
  const differences: LedgerDifference[] = []
  let [wallets, entries] = [0, 0]
  for (let after: string | undefined, hasMore = true; hasMore;) {
    const page = await dependencies.store.listWallets(tenantId, { first: PAGE, after })
    for (const wallet of page.items) {
      const verified = await verifyWallet(dependencies, wallet, read => onProgress?.({ wallets, entries: entries + read }))
      wallets += 1
      entries += verified.entries
      differences.push(...verified.differences)
    }
    after = page.items.at(-1)?.id
    hasMore = page.hasMore
  }
  return { valid: differences.length === 0, wallets, entries, differences }
}

/** Adds up the entries of a wallet, page by page, and compares them with its balances. */
export async function verifyWallet(
  { store }: LedgerReader,
  { id: walletId, tenantId, customerId, balances, sequence: last }: Wallet,
  onProgress: (entries: number) => void,
) {
  const differences: LedgerDifference[] = []
  const differs = (sequence: number | null, message: string) => differences.push({ walletId, customerId, sequence, message })
  const sums: Record<LedgerAccount, Decimal> = { ...NO_CREDITS }
  let expected = last
  let newer: CreditEntry | undefined
  // Each wrong balance differs from the one before it and from the one after it. The oldest is named.
  let wrongBalance: CreditEntry | undefined
  // Entries that were recorded after the wallet was read are not looked at.
  for (let after = last + 1, hasMore = true; hasMore;) {
    const page = await store.entries({ tenantId, walletId, first: PAGE, after })
    for (const entry of page.items) {
      const { sequence, postings, kind } = entry
      if (newer?.sequence === sequence + 1 && !follows(newer, entry)) wrongBalance = newer
      newer = entry
      if (sequence !== expected) differs(expected, `Entry ${expected} is missing.`)
      expected = sequence - 1
      let sum = ZERO
      for (const { account, amount } of postings) {
        sums[account] = sums[account].plus(amount)
        sum = sum.plus(amount)
      }
      if (!sum.isZero()) differs(sequence, `The postings of the ${kind} entry ${sequence} add up to ${sum.toFixed()} instead of 0.`)
    }
    after = page.items.at(-1)?.sequence ?? 0
    hasMore = page.hasMore
    onProgress(last - expected)
  }
  if (expected !== 0) differs(expected, `Entry ${expected} is missing.`)
  else if (newer !== undefined && !follows(newer, START)) wrongBalance = newer
  if (wrongBalance !== undefined) {
    differs(wrongBalance.sequence, `Entry ${wrongBalance.sequence} does not follow from the one before it: its balance, consumption or time was changed.`)
  }
  for (const account of LEDGER_ACCOUNTS) {
    if (!sums[account].eq(balances[account])) {
      differs(null, `The account ${account} has a balance of ${balances[account].toFixed()}, and its entries add up to ${sums[account].toFixed()}.`)
    }
  }
  return { entries: last, differences }
}
