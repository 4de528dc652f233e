import { type LedgerDifference, verifyWallet } from './add-up-entries.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import type { LedgerSums } from './credit-store.ts'
import { LEDGER_ACCOUNTS } from './model/account.ts'
import type { Wallet } from './model/wallet.ts'

/** Each tenant is verified once in this time. */
const HOURS_BETWEEN = 24

/** Tenants that are looked at in one run. */
const MAX_TENANTS = 1_000

/** Wallets that are read at once. */
const MAX_WALLETS = 100

/** Entries that one statement adds up, unless a single wallet has more. */
const MAX_ENTRIES_OF_STATEMENT = 200_000

/** Entries after which a run ends. The next one resumes where it ended. */
const MAX_ENTRIES_OF_RUN = 5_000_000

/** How to verify ledgers that are due. */
export interface VerifyLedgersOptions {
  /** Stops between two statements when it is aborted. The next run resumes there. */
  readonly signal?: AbortSignal | undefined
  /** Called for each difference. */
  readonly onDifference: (difference: LedgerDifference & { readonly tenantId: string }) => void
  /** Called for a tenant whose ledger could not be read. The other tenants are not affected. */
  readonly onFailure?: ((tenantId: string, error: unknown) => void) | undefined
  /** Defaults to 5,000,000. */
  readonly maxEntries?: number | undefined
}

/** What a run verified. */
export interface VerifiedLedgers {
  readonly wallets: number
  readonly entries: number
}

/**
 * Verifies the ledgers of tenants that were not verified for a day, tenant by tenant. A run ends after a number of entries, and
 * the next one resumes after the last wallet. The database adds up the entries; those of a wallet that differs are read one by one.
 */
export async function verifyLedgers(
  dependencies: CreditDependencies,
  { signal, onDifference, onFailure, maxEntries = MAX_ENTRIES_OF_RUN }: VerifyLedgersOptions,
): Promise<VerifiedLedgers> {
  const { store, clock } = dependencies
  const verified = { wallets: 0, entries: 0 }
  const maxOfStatement = Math.min(MAX_ENTRIES_OF_STATEMENT, maxEntries)
  const isOver = () => signal?.aborted === true || verified.entries >= maxEntries
  for (const tenantId of await store.tenantsToVerify(clock.now(null).subtract({ hours: HOURS_BETWEEN }), MAX_TENANTS)) {
    try {
      await verifyTenant(dependencies, { tenantId, verified, maxOfStatement, isOver, onDifference })
    } catch (error) {
      if (onFailure === undefined) throw error
      onFailure(tenantId, error)
    }
    if (isOver()) break
  }
  return verified
}

interface TenantRun extends Pick<VerifyLedgersOptions, 'onDifference'> {
  readonly tenantId: string
  readonly verified: { wallets: number; entries: number }
  readonly maxOfStatement: number
  readonly isOver: () => boolean
}

async function verifyTenant({ store, clock }: CreditDependencies, { tenantId, verified, maxOfStatement, isOver, onDifference }: TenantRun): Promise<void> {
  let { after, differing } = await store.verificationProgress(tenantId)
  for (;;) {
    const page = await store.listWallets(tenantId, { first: MAX_WALLETS, after: after ?? undefined })
    for (const wallets of splitByEntries(page.items, maxOfStatement)) {
      for (const sums of await store.addUpEntries(
        tenantId,
        wallets.map(({ id }) => id),
      )) {
        verified.wallets += 1
        verified.entries += sums.entries
        if (addsUp(sums)) continue
        differing += 1
        const { differences } = await verifyWallet({ store }, sums.wallet, () => {})
        for (const difference of differences) onDifference({ ...difference, tenantId })
      }
      after = wallets.at(-1)?.id ?? null
      const isLast = !page.hasMore && after === (page.items.at(-1)?.id ?? null)
      if (!isLast) await store.saveVerification(tenantId, { after, differing, finishedAt: null })
      if (isOver() && !isLast) return
    }
    if (!page.hasMore) return store.saveVerification(tenantId, { after: null, differing, finishedAt: clock.now(null) })
  }
}

/** Splits wallets, so that each part has few enough entries for one statement. */
function splitByEntries(wallets: readonly Wallet[], maxEntries: number): readonly (readonly Wallet[])[] {
  const parts: Wallet[][] = []
  let entries = 0
  for (const wallet of wallets) {
    entries += wallet.sequence
    const part = parts.at(-1)
    if (part !== undefined && entries <= maxEntries) part.push(wallet)
    else {
      parts.push([wallet])
      entries = wallet.sequence
    }
  }
  return parts
}

/** Whether the entries have no gap and add up to the balances. */
function addsUp({ wallet: { sequence, balances }, entries, sums }: LedgerSums): boolean {
  return entries === sequence && LEDGER_ACCOUNTS.every(account => sums[account].eq(balances[account]))
}
