import type { LineUsage } from '@tollgate/invoicing/billing'
import { periodIncludes, tenantScope } from '@tollgate/kernel'
import { dimensionsOf, type EventPosition, type Usage, type UsageEvent, type UsageFilter } from '@tollgate/usage'
import { encodeCursor } from '../../../../graphql/relay/cursor.ts'
import { type Connection, toConnection } from '../../../../graphql/relay/page.ts'

const LISTS = {
  provider: 'providers',
  model: 'models',
  operation: 'operations',
  customer: 'customers',
  organization: 'organizations',
  product: 'products',
  feature: 'features',
  tier: 'tiers',
  environment: 'environments',
  taskType: 'taskTypes',
} as const satisfies Readonly<Record<string, keyof UsageFilter>>

interface EventsPage {
  readonly first: number
  readonly after?: EventPosition
}

/** Reads a page of the events that a line charges. Dimensions without a value cannot be filtered for, so such a page is sifted. */
export async function eventsOfLine(
  usage: Pick<Usage, 'events'>,
  { tenantId, usage: { ranges, filter } }: { readonly tenantId: string; readonly usage: LineUsage },
  page: EventsPage,
): Promise<Connection<UsageEvent> | null> {
  const [first] = ranges
  const last = ranges.at(-1)
  if (first === undefined || last === undefined) return null
  const dimensions = Object.entries(filter).filter((entry): entry is [keyof typeof LISTS, string | null] => Object.hasOwn(LISTS, entry[0]))
  const named: UsageFilter = Object.fromEntries(dimensions.flatMap(([dimension, value]) => (value === null ? [] : [[LISTS[dimension], [value]]])))
  const without = dimensions.flatMap(([dimension, value]) => (value === null ? [dimension] : []))
  const query = { range: { from: first.from, to: last.to }, ...(Object.keys(named).length > 0 && { filter: named }), ...page }
  const { items, hasMore } = await usage.events(tenantScope(tenantId), query)
  const matching = items.filter(event => {
    const values = dimensionsOf(event)
    return ranges.some(range => periodIncludes(range, event.occurredAt)) && without.every(dimension => values[dimension] === null)
  })
  const cursor = ({ occurredAt, id }: UsageEvent) => encodeCursor(occurredAt.toString(), id)
  const connection = toConnection(matching, { hasMore, page, cursor })
  const end = items.at(-1)
  return end === undefined ? connection : { ...connection, pageInfo: { ...connection.pageInfo, endCursor: cursor(end) } }
}
