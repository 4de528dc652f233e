import { checkPageSize, type Page, type Period } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type OwnerInput, ownerOf } from './owner.ts'
import type { CreditEntry } from './model/entry.ts'

/** Which entries to list. */
export interface EntriesInput extends OwnerInput {
  /** Only entries that were recorded in this period. */
  readonly range?: Period | undefined
  /** 1 to 1,000. Defaults to 50. */
  readonly first?: number | null | undefined
  /** Return entries before this sequence. */
  readonly after?: number | undefined
}

/** Numbers of entries, wallets and alerts of a page. */
export const PAGE_SIZE = { default: 50, max: 1_000 } as const

/** Lists entries of a wallet, latest first; none if there is no wallet. */
export async function listEntries({ store }: Pick<CreditDependencies, 'store'>, input: EntriesInput): Promise<Page<CreditEntry>> {
  const owner = ownerOf(input)
  const first = checkPageSize(input.first, PAGE_SIZE)
  const [wallet] = await store.wallets(owner.tenantId, [owner.customerId])
  if (wallet === undefined) return { items: [], hasMore: false }
  return store.entries({ tenantId: owner.tenantId, walletId: wallet.id, first, after: input.after, recorded: input.range })
}
