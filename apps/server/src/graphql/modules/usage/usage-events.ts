import { parseInstant } from '@tollgate/kernel'
import type { EventPosition } from '@tollgate/usage'
import { readScope } from '../../authorize.ts'
import { builder } from '../../builder.ts'
import { toConnection } from '../../connection.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../cursor.ts'
import { readIdOf, toGlobalId } from '../../global-id.ts'
import { PAGES } from '../../limits.ts'
import { pageComplexity, pageSize } from '../../page-size.ts'
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
    resolve: async (_root, { tenantId, range, filter, first, after }, context) => {
      const scope = await readScope(context, tenantId)
      const query = { range, filter: toFilter(filter), first: pageSize(first, PAGES.events), ...(after && { after: toPosition(after) }) }
      const { events, hasMore } = await context.tollgate.usage.events(scope, query)
      return toConnection(events, { hasMore, continued: Boolean(after), cursor: ({ occurredAt, id }) => encodeCursor(occurredAt.toString(), id) })
    },
  }),
)

function toPosition(cursor: string): EventPosition {
  const [time = '', id = ''] = decodeCursor(cursor, 2)
  const occurredAt = parseInstant(time)
  if (occurredAt === undefined) throw invalidCursor()
  return { occurredAt, id: readIdOf('UsageEvent', toGlobalId('UsageEvent', id), 'after') }
}
