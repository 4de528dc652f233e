import { scopeOf } from '@tollgate/accounts'
import type { RejectedEvent } from '@tollgate/usage'
import { readScope, requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'

/** A rejected event. */
export const RejectedEventRef = builder.objectRef<RejectedEvent>('RejectedEvent')

builder.node(RejectedEventRef, {
  id: { resolve: ({ id }) => id },
  loadOne: (id, { viewer, tollgate }) => {
    requireScope(viewer, 'usage:read')
    return tollgate.usage.rejectedEvent(scopeOf(viewer), id)
  },
  description: 'An event that failed validation, kept so that it can be inspected and sent again.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant.', resolve: ({ tenantId }) => tenantId }),
    idempotencyKey: t.exposeString('idempotencyKey', {
      nullable: true,
      description: 'The key that it was sent with; null if there was none, or it was invalid.',
    }),
    reason: t.exposeString('reason', { description: 'The issues of each field.' }),
    payload: t.expose('payload', { type: 'JSON', nullable: true, description: 'What was sent; null if it was too large to keep.' }),
    rejectedAt: t.expose('rejectedAt', { type: 'DateTime', description: 'When it was first rejected.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was sent and rejected.' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it was sent again and accepted; null until then.' }),
  }),
})

const RejectedEventConnectionRef = builder.connectionObject({ type: RejectedEventRef, name: 'RejectedEventConnection' }, { name: 'RejectedEventEdge' })

builder.queryField('rejectedEvents', t =>
  t.field({
    type: RejectedEventConnectionRef,
    authScopes: { can: 'usage:read' },
    complexity: pageComplexity(PAGES.rejectedEvents),
    description: 'Lists rejected events, newest first. Send one again with `resendRejectedEvent`.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. An operator key that omits it reads all tenants.' }),
      includeResolved: t.arg.boolean({ defaultValue: false, description: 'Also list events that were sent again and accepted.' }),
      ...pageArguments(t.arg, PAGES.rejectedEvents),
    },
    resolve: async (_root, { tenantId, includeResolved, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.rejectedEvents, decodeCursor)
      const { items, hasMore } = await context.tollgate.usage.rejectedEvents(scope, { ...page, includeResolved: includeResolved ?? false })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)
