import type { AuditFilter, AuditPosition } from '@tollgate/audit'
import { parseInstant } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { decodeCursorParts, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { type PageArguments, pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { AuditResultRef } from './audit-enums.ts'
import { AuditEventRef } from './audit-event.ts'
import { auditLogOf, LOG_ARGUMENT } from './audit-log.ts'

const AuditEventConnectionRef = builder.connectionObject({ type: AuditEventRef, name: 'AuditEventConnection' }, { name: 'AuditEventEdge' })

const AuditFilterInputRef = builder.inputType('AuditFilterInput', {
  description: 'Audit events to include. Values of a list are alternatives; fields apply together. Up to 100 values each.',
  fields: t => ({
    families: t.stringList({ description: 'Families: "trial".' }),
    eventTypes: t.stringList({ description: 'Types: "trial.created".' }),
    actorIds: t.idList({ description: 'Ids of actors.' }),
    resourceTypes: t.stringList({ description: 'Types of resources.' }),
    resourceIds: t.idList({ description: 'Ids of resources.' }),
    results: t.field({ type: [AuditResultRef], description: 'Results.' }),
  }),
})

builder.queryField('auditTrail', t =>
  t.field({
    type: AuditEventConnectionRef,
    authScopes: { can: 'audit:read' },
    complexity: pageComplexity(PAGES.auditEvents),
    description: 'Lists the events of an audit log by `occurredAt`, newest first.',
    args: {
      tenantId: t.arg.id({ description: LOG_ARGUMENT }),
      days: t.arg.int({ defaultValue: 7, description: 'How many days to look back, 1 to 3,660. Defaults to 7.' }),
      filter: t.arg({ type: AuditFilterInputRef, description: 'Events to include. Defaults to all.' }),
      ...pageArguments(t.arg, PAGES.auditEvents),
    },
    resolve: (_root, { filter, ...args }, context) => listEvents('trail', { ...args, filter: toFilter(filter) }, context),
  }),
)

builder.queryField('failedOperations', t =>
  t.field({
    type: AuditEventConnectionRef,
    authScopes: { can: 'audit:read' },
    complexity: pageComplexity(PAGES.auditEvents),
    description: 'Lists the operations that failed, newest first: events with the result `FAILURE`.',
    args: {
      tenantId: t.arg.id({ description: LOG_ARGUMENT }),
      days: t.arg.int({ defaultValue: 30, description: 'How many days to look back, 1 to 3,660. Defaults to 30.' }),
      ...pageArguments(t.arg, PAGES.auditEvents),
    },
    resolve: (_root, args, context) => listEvents('failedOperations', args, context),
  }),
)

builder.queryField('securityEvents', t =>
  t.field({
    type: AuditEventConnectionRef,
    authScopes: { can: 'audit:read' },
    complexity: pageComplexity(PAGES.auditEvents),
    description: 'Lists security events, newest first: events of the family "security", and all with the result `DENIED`.',
    args: {
      tenantId: t.arg.id({ description: LOG_ARGUMENT }),
      days: t.arg.int({ defaultValue: 90, description: 'How many days to look back, 1 to 3,660. Defaults to 90.' }),
      ...pageArguments(t.arg, PAGES.auditEvents),
    },
    resolve: (_root, args, context) => listEvents('securityEvents', args, context),
  }),
)

interface ListArguments extends PageArguments {
  readonly tenantId?: string | null | undefined
  readonly days?: number | null | undefined
  readonly filter?: AuditFilter | undefined
}

async function listEvents(
  list: 'trail' | 'failedOperations' | 'securityEvents',
  { tenantId: named, days, filter, ...args }: ListArguments,
  context: GraphQLContext,
) {
  const tenantId = await auditLogOf(context, named)
  const page = readPage(args, PAGES.auditEvents, toPosition)
  const { items, hasMore } = await context.tollgate.audit[list]({ ...page, tenantId, days, filter })
  return toConnection(items, { hasMore, page, cursor: ({ occurredAt, sequence }) => encodeCursor(occurredAt.toString(), String(sequence)) })
}

function toFilter(filter: { readonly [Name in keyof AuditFilter]: AuditFilter[Name] | null } | null | undefined): AuditFilter {
  return Object.fromEntries(Object.entries(filter ?? {}).filter(([, values]) => values !== null))
}

function toPosition(cursor: string): AuditPosition {
  const [time = '', sequence = ''] = decodeCursorParts(cursor, 2)
  const occurredAt = parseInstant(time)
  if (occurredAt === undefined || !/^[1-9]\d{0,14}$/.test(sequence)) throw invalidCursor()
  return { occurredAt, sequence: Number(sequence) }
}
