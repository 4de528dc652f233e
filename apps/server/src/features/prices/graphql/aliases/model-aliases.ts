import { isUuidV7 } from '@tollgate/kernel'
import { readScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { ModelAliasRef } from './model-alias.ts'

const ModelAliasConnectionRef = builder.connectionObject({ type: ModelAliasRef, name: 'ModelAliasConnection' }, { name: 'ModelAliasEdge' })

builder.queryField('modelAliases', t =>
  t.field({
    type: ModelAliasConnectionRef,
    authScopes: { can: 'prices:read' },
    complexity: pageComplexity(PAGES.prices),
    description: 'Lists aliases of models, latest first. Tenants see their own and those for all tenants.',
    args: {
      tenantId: t.arg.id({ description: 'Only aliases that apply to this tenant. Defaults to all aliases for an operator key.' }),
      provider: t.arg.string({ description: 'Only aliases of this provider, such as "azure".' }),
      name: t.arg.string({ description: 'Only aliases with this name. Case does not matter.' }),
      ...pageArguments(t.arg, PAGES.prices),
    },
    resolve: async (_root, { tenantId, provider, name, ...args }, context) => {
      const scope = await readScope(context, tenantId)
      const page = readPage(args, PAGES.prices, toPosition)
      const filter = { ...(typeof provider === 'string' && { provider }), ...(typeof name === 'string' && { name }) }
      const { items, hasMore } = await context.tollgate.modelAliases.list(scope, { ...page, ...filter })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toPosition(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuidV7(id)) throw invalidCursor()
  return id
}
