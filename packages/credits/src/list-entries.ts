import { checkPageSize, InvalidInput, type Page } from '@tollgate/kernel'
import { type RangeInput, readRange } from '@tollgate/kernel/input'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import type { CreditEntry } from './model/entry.ts'

/** The position of an entry. */
export interface EntryPosition {
  readonly walletId: string
  readonly sequence: number
}

/** Which entries to list. */
export interface EntriesInput extends OwnerInput {
  /** Only entries that were recorded in this period. */
  readonly range?: RangeInput | null | undefined
  /** 1 to 1,000. Defaults to 50. */
  readonly first?: number | null | undefined
  /** Return entries after this one in the list: those before it in the ledger. */
  readonly after?: EntryPosition | null | undefined
}

/** Numbers of entries, wallets and alerts of a page. */
export const PAGE_SIZE = { default: 50, max: 1_000 } as const

/** Lists entries of a wallet, latest first; none if there is no wallet. */
export async function listEntries({ store }: Pick<CreditDependencies, 'store'>, input: EntriesInput): Promise<Page<CreditEntry>> {
  const owner = ownerOf(input)
  const first = checkPageSize(input.first, PAGE_SIZE)
  const recorded = input.range ? readRange('range', input.range) : undefined
  const after = input.after ?? undefined
  // An entry is its position too, so other fields are no mistake.
  if (after !== undefined && !Number.isSafeInteger(after.sequence)) throw new InvalidInput([{ path: 'after.sequence', message: 'must be an integer' }])
  const wallet = await store.wallet(owner)
  if (wallet === undefined) return { items: [], hasMore: false }
  if (after !== undefined && after.walletId !== wallet.id) throw new InvalidInput([{ path: 'after', message: 'is not a position in this wallet' }])
  return store.entries({ ...owner, walletId: wallet.id, first, after: after?.sequence, recorded })
}
