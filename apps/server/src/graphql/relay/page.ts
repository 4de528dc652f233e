import { checkPageSize, type PageSizeLimits } from '@tollgate/kernel'

/** The arguments of a connection field. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** Checks the page size and reads the cursor. Throws `InvalidInput`, which names the argument. */
export function readPage<Position>(
  { first, after }: PageArguments,
  limits: PageSizeLimits,
  readCursor: (cursor: string) => Position,
): { first: number; after?: Position } {
  const size = checkPageSize(first, limits)
  return after === null || after === undefined ? { first: size } : { first: size, after: readCursor(after) }
}

/** Returns the complexity of a list: its fields count once per item. */
export function pageComplexity(limits: PageSizeLimits): (args: PageArguments) => { field: number; multiplier: number } {
  return ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? limits.default, 1), limits.max) })
}

/** A page of a list in the shape of the Relay specification. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/** Makes a connection from a page. Lists are read forward only: a page has a previous one if a cursor was given. */
export function toConnection<Node>(
  nodes: readonly Node[],
  { hasMore, page, cursor }: { hasMore: boolean; page: { readonly after?: unknown }; cursor: (node: Node) => string },
): Connection<Node> {
  const edges = nodes.map(node => ({ cursor: cursor(node), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
