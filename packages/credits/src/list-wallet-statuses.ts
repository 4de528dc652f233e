import { checkPageSize, type Page } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { readWallet, type WalletStatus } from './read-wallet.ts'

/** Wallets of a page. Each is read by itself. */
const PAGE_SIZE = { default: 20, max: 100 } as const

/** Lists the wallets of a tenant as they are now: its own first, then by customer. */
export async function listWalletStatuses(
  dependencies: CreditDependencies,
  { tenantId, first, after }: { readonly tenantId: string; readonly first?: number | undefined; readonly after?: string | undefined },
): Promise<Page<WalletStatus>> {
  const { items, hasMore } = await dependencies.store.listWallets(tenantId, { first: checkPageSize(first, PAGE_SIZE), after })
  const statuses = await Promise.all(items.map(async wallet => readWallet(dependencies, wallet)))
  return { items: statuses.filter(status => status !== undefined), hasMore }
}
