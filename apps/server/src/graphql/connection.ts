/** A page as Relay shapes it. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/** Shapes a page of a list that is read forward only. `continued`: whether it began behind a cursor. */
export function toConnection<Node>(
  nodes: readonly Node[],
  { hasMore, continued, cursor }: { hasMore: boolean; continued: boolean; cursor: (node: Node) => string },
): Connection<Node> {
  const edges = nodes.map(node => ({ cursor: cursor(node), node }))
  return {
    edges,
    pageInfo: { hasNextPage: hasMore, hasPreviousPage: continued, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  }
}
