import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor } from '../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { TenantRef } from './tenant.ts'

const TenantConnectionRef = builder.connectionObject({ type: TenantRef, name: 'TenantConnection' }, { name: 'TenantEdge' })

builder.queryFields(t => ({
  tenant: t.field({
    type: TenantRef,
    nullable: true,
    authScopes: { can: 'tenants:read' },
    description: 'Returns a tenant, or null if it does not exist.',
    args: { id: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }) },
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
    description: 'The tenants that your key can read, ordered by id.',
    args: {
      ...pageArguments(t.arg, PAGES.tenants),
    },
    resolve: async (_root, args, { viewer, tollgate }) => {
      const page = readPage(args, PAGES.tenants, decodeCursor)
      const { items, hasMore } = await tollgate.accounts.tenants(scopeOf(viewer), page)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))
