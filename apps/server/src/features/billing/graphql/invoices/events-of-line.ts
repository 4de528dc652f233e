import type { LineUsage } from '@tollgate/invoicing/billing'
import { periodIncludes, tenantScope } from '@tollgate/kernel'
import { type EventPosition, filterByDimensions, type Usage, type UsageEvent } from '@tollgate/usage'
import { encodeCursor } from '../../../../graphql/relay/cursor.ts'
import { type Connection, toConnection } from '../../../../graphql/relay/page.ts'

interface EventsPage {
  readonly first: number
  readonly after?: EventPosition
}

/** Reads a page of the events that a line charges. Events between its periods are left out, so a page may have fewer than `first`. */
export async function eventsOfLine(
  usage: Pick<Usage, 'events'>,
  { tenantId, usage: { ranges, filter } }: { readonly tenantId: string; readonly usage: LineUsage },
  page: EventsPage,
): Promise<Connection<UsageEvent> | null> {
  const [first] = ranges
  const last = ranges.at(-1)
  if (first === undefined || last === undefined) return null
  const named = filterByDimensions(Object.fromEntries(Object.entries(filter).map(([dimension, value]) => [dimension, [value]])))
  const query = { range: { from: first.from, to: last.to }, ...(Object.keys(named).length > 0 && { filter: named }), ...page }
  const { items, hasMore } = await usage.events(tenantScope(tenantId), query)
  const matching = items.filter(event => ranges.some(range => periodIncludes(range, event.occurredAt)))
  const cursor = ({ occurredAt, id }: UsageEvent) => encodeCursor(occurredAt.toString(), id)
  const connection = toConnection(matching, { hasMore, page, cursor })
  const end = items.at(-1)
  return end === undefined ? connection : { ...connection, pageInfo: { ...connection.pageInfo, endCursor: cursor(end) } }
}
