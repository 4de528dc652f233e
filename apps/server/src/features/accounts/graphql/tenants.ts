import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { TenantRef } from './tenant.ts'

const TenantConnectionRef = builder.connectionObject({ type: TenantRef, name: 'TenantConnection' }, { name: 'TenantEdge' })

builder.queryFields(t => ({
  tenant: t.field({
    type: TenantRef,
    nullable: true,
    authScopes: { can: 'tenants:read' },
    description: 'One tenant; null where there is none with this id.',
    args: { id: t.arg.id({ description: 'Which one. A tenant key can leave it out, and means its own.' }) },
    resolve: (_root, { id }, context) =>
      tenantOf(context, id).catch((error: unknown) => {
        if (error instanceof NotFound) return null
        throw error
      }),
  }),
  tenants: t.field({
    type: TenantConnectionRef,
    authScopes: { can: 'tenants:read' },
    complexity: pageComplexity(PAGES.tenants),
    description: 'The tenants that you can see, in the order of their ids.',
    args: {
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.tenants.max}; ${PAGES.tenants.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, args, { viewer, tollgate }) => {
      const page = readPage(args, PAGES.tenants, decodeCursor)
      const { items, hasMore } = await tollgate.accounts.tenants(scopeOf(viewer), page)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))
