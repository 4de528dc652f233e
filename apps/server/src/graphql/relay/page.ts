import { InvalidInput } from '@tollgate/kernel'

/** How long a list is by default, and at the most. */
export interface PageLimits {
  readonly default: number
  readonly max: number
}

/** Which page is asked for, as a client says it. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** Checks which page is asked for, and reads its cursor. Throws `InvalidInput`, naming the argument. */
export function readPage<Position>(
  { first, after }: PageArguments,
  limits: PageLimits,
  readCursor: (cursor: string) => Position,
): { first: number; after?: Position } {
  const size = pageSize(first, limits)
  return after === null || after === undefined ? { first: size } : { first: size, after: readCursor(after) }
}

/** Checks how long a list is to be; null and undefined are the default. Throws `InvalidInput`. */
export function pageSize(first: number | null | undefined, limits: PageLimits): number {
  const size = first ?? limits.default
  if (size < 1 || size > limits.max) throw new InvalidInput([{ path: 'first', message: `must be from 1 to ${limits.max}, not ${size}` }])
  return size
}

/** What a list of this length counts in complexity: its fields, once for each item. */
export function pageComplexity(limits: PageLimits): (args: PageArguments) => { field: number; multiplier: number } {
  return ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? limits.default, 1), limits.max) })
}

/** A page as Relay shapes it. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/** Shapes a page of a list that is read forward only; it has one before it where it was asked for with a cursor. */
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
