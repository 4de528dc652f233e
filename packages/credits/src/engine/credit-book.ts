import type { IdSource, Temporal } from '@tollgate/kernel'
import type { KeyUse } from './command.ts'
import type { WalletDraft } from './wallet-draft.ts'

/** What an idempotency key has done. */
export interface UsedKey {
  readonly fingerprint: string
  /** The grant that it made, if any. */
  readonly grantId: string | null
}

/** All that a store loaded for some commands of one tenant. */
export interface CreditBook {
  readonly wallets: ReadonlyMap<string, WalletDraft>
  readonly keys: Map<string, UsedKey>
  readonly now: Temporal.Instant
  readonly ids: IdSource
}

/** Returns a wallet of the book. */
export function walletOf(book: CreditBook, walletId: string): WalletDraft {
  const draft = book.wallets.get(walletId)
  if (draft === undefined) throw new Error(`The wallet ${walletId} was not loaded.`)
  return draft
}

/** Whether a key is new, was used for the same, or for something else. */
export function classifyKey(book: CreditBook, { key, fingerprint }: KeyUse): 'new' | 'repeat' | 'reused' {
  const used = book.keys.get(key)
  if (used === undefined) return 'new'
  return used.fingerprint === fingerprint ? 'repeat' : 'reused'
}
