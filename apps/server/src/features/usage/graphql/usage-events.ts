import { parseInstant } from '@tollgate/kernel'
import type { EventPosition } from '@tollgate/usage'
import { readScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursorParts, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { UsageEventId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { TimeRangeInputRef } from './time-range-input.ts'
import { UsageEventRef } from './usage-event.ts'
import { toFilter, UsageFilterInputRef } from './usage-filter-input.ts'

const UsageEventConnectionRef = builder.connectionObject({ type: UsageEventRef, name: 'UsageEventConnection' }, { name: 'UsageEventEdge' })

builder.queryField('usageEvents', t =>
  t.field({
    type: UsageEventConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.events),
    description: 'Recorded events, the newest first by `occurredAt`.',
    args: {
      tenantId: t.arg.id({ description: 'Whose events. For an operator key that names none: those of all tenants.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'When they happened.' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Which events; all where it is left out.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.events.max}; ${PAGES.events.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, range, filter, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.events, toPosition)
      const { items, hasMore } = await context.tollgate.usage.events(scope, { ...page, range, filter: toFilter(filter) })
      return toConnection(items, { hasMore, page, cursor: ({ occurredAt, id }) => encodeCursor(occurredAt.toString(), id) })
    },
  }),
)

function toPosition(cursor: string): EventPosition {
  const [time = '', id = ''] = decodeCursorParts(cursor, 2)
  const occurredAt = parseInstant(time)
  if (occurredAt === undefined || !UsageEventId.matches(id)) throw invalidCursor()
  return { occurredAt, id }
}
