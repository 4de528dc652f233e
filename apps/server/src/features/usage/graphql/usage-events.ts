import { parseInstant } from '@tollgate/kernel'
import type { EventPosition } from '@tollgate/usage'
import { forCustomers } from '../../../graphql/plugins/access-tokens.ts'
import { onlyUsageOfCustomer } from '../../../graphql/only-own-customer.ts'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursorParts, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { UsageEventId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { TimeRangeInputRef } from './time-range-input.ts'
import { UsageEventRef } from './usage-event.ts'
import { toFilter, UsageFilterInputRef } from './usage-filter-input.ts'

/** GraphQL type `UsageEventConnection`. */
export const UsageEventConnectionRef = builder.connectionObject({ type: UsageEventRef, name: 'UsageEventConnection' }, { name: 'UsageEventEdge' })

builder.queryField('usageEvents', t =>
  t.field({
    type: UsageEventConnectionRef,
    authScopes: { can: 'usage:read' },
    extensions: forCustomers(onlyUsageOfCustomer),
    complexity: pageComplexity(PAGES.events),
    description: 'Lists recorded events by `occurredAt`, newest first.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Range of `occurredAt`.' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Events to include. Defaults to all.' }),
      ...pageArguments(t.arg, PAGES.events),
    },
    resolve: async (_root, { tenantId, range, filter, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.events, readEventPosition)
      const { items, hasMore } = await context.tollgate.usage.events(scope, { ...page, range, filter: toFilter(filter, context.viewer) })
      return toConnection(items, { hasMore, page, cursor: ({ occurredAt, id }) => encodeCursor(occurredAt.toString(), id) })
    },
  }),
)

/** Reads the cursor of an event. Throws `InvalidInput`. */
export function readEventPosition(cursor: string): EventPosition {
  const [time = '', id = ''] = decodeCursorParts(cursor, 2)
  const occurredAt = parseInstant(time)
  if (occurredAt === undefined || !UsageEventId.matches(id)) throw invalidCursor()
  return { occurredAt, id }
}
