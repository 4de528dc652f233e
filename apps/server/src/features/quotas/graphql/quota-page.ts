import type { CursorPage } from '@tollgate/quotas'
import type { PageSizeLimits } from '@tollgate/kernel'
import { type Connection, type PageArguments, readPage, toConnection } from '../../../graphql/relay/page.ts'

/** Reads which page is asked for, gets it, and shapes it. A page may end before it is full: then `endCursor` is where to go on. */
export async function quotaPage<Item>(
  args: PageArguments,
  limits: PageSizeLimits,
  read: (page: { first: number; after?: string }) => Promise<CursorPage<Item>>,
): Promise<Connection<Item & { readonly cursor: string }>> {
  const page = readPage(args, limits, cursor => cursor)
  const { items, hasMore, next } = await read(page)
  const connection = toConnection(items, { hasMore, page, cursor: ({ cursor }) => cursor })
  return next === null ? connection : { ...connection, pageInfo: { ...connection.pageInfo, endCursor: next } }
}
