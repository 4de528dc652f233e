import { type Connection, type PageArguments, type PageLimits, readPage, toConnection } from '../../../graphql/relay/page.ts'

/** A page as quotas give it: every item with its cursor, which is opaque already, and where the next one begins. */
interface CursoredPage<Item> {
  readonly items: readonly (Item & { readonly cursor: string })[]
  readonly next: string | null
}

/** Reads which page is asked for, gets it, and shapes it. A page may end before it is full: then `endCursor` is where to go on. */
export async function quotaPage<Item>(
  args: PageArguments,
  limits: PageLimits,
  read: (page: { first: number; after?: string }) => Promise<CursoredPage<Item>>,
): Promise<Connection<Item & { readonly cursor: string }>> {
  const page = readPage(args, limits, cursor => cursor)
  const { items, next } = await read(page)
  const connection = toConnection(items, { hasMore: next !== null, page, cursor: ({ cursor }) => cursor })
  return next === null ? connection : { ...connection, pageInfo: { ...connection.pageInfo, endCursor: next } }
}
