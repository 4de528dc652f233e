import { scopeOf } from '@tollgate/accounts'
import type { RejectedEvent } from '@tollgate/usage'
import { readScope, requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'

/** An event that was refused. */
export const RejectedEventRef = builder.objectRef<RejectedEvent>('RejectedEvent')

builder.node(RejectedEventRef, {
  id: { resolve: ({ id }) => id },
  loadOne: (id, { viewer, tollgate }) => {
    requireScope(viewer, 'usage:read')
    return tollgate.usage.rejectedEvent(scopeOf(viewer), id)
  },
  description: 'An event that was refused, kept so that it can be looked at and sent again.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose it is.', resolve: ({ tenantId }) => tenantId }),
    idempotencyKey: t.exposeString('idempotencyKey', {
      nullable: true,
      description: 'The key that it was sent with; null where there was none that could be used.',
    }),
    reason: t.exposeString('reason', { description: 'What was wrong, field by field.' }),
    payload: t.expose('payload', { type: 'JSON', nullable: true, description: 'As it was sent; null where it was too large to keep.' }),
    rejectedAt: t.expose('rejectedAt', { type: 'DateTime', description: 'When it was refused first.' }),
    attempts: t.exposeInt('attempts', { description: 'How often the same was sent and refused.' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was sent again and taken; null until then.' }),
  }),
})

const RejectedEventConnectionRef = builder.connectionObject({ type: RejectedEventRef, name: 'RejectedEventConnection' }, { name: 'RejectedEventEdge' })

builder.queryField('rejectedEvents', t =>
  t.field({
    type: RejectedEventConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.rejectedEvents),
    description: 'Events that were refused, the newest first: the dead-letter list. Send one again with `resendRejectedEvent`.',
    args: {
      tenantId: t.arg.id({ description: 'Whose events. For an operator key that names none: those of all tenants.' }),
      includeResolved: t.arg.boolean({ defaultValue: false, description: 'Whether those are listed too that were sent again and taken.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.rejectedEvents.max}; ${PAGES.rejectedEvents.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, includeResolved, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.rejectedEvents, decodeCursor)
      const { items, hasMore } = await context.tollgate.usage.rejectedEvents(scope, { ...page, includeResolved: includeResolved ?? false })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)
