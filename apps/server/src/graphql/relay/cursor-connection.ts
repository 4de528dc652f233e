import type { Page, PageSizeLimits } from '@tollgate/kernel'
import { type Connection, type PageArguments, readPage, toConnection } from './page.ts'

/** A page whose items carry their own cursors. */
export interface CursorPage<Item> extends Page<Item & { readonly cursor: string }> {
  /** Cursor of the next page; null on the last page. A page may be shorter than `first` and still have a next page. */
  readonly next: string | null
}

/** Reads a page whose items carry their own cursors and returns it as a connection. Throws `InvalidInput`. */
export async function cursorConnection<Item>(
  args: PageArguments,
  limits: PageSizeLimits,
  read: (page: { first: number; after?: string }) => Promise<CursorPage<Item>>,
): Promise<Connection<Item & { readonly cursor: string }>> {
  const page = readPage(args, limits, cursor => cursor)
  const { items, hasMore, next } = await read(page)
  const connection = toConnection(items, { hasMore, page, cursor: ({ cursor }) => cursor })
  return next === null ? connection : { ...connection, pageInfo: { ...connection.pageInfo, endCursor: next } }
}
