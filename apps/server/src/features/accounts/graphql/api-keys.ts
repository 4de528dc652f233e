import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { ApiKeyId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { ApiKeyRef } from './api-key.ts'

const ApiKeyConnectionRef = builder.connectionObject({ type: ApiKeyRef, name: 'ApiKeyConnection' }, { name: 'ApiKeyEdge' })

builder.queryField('apiKeys', t =>
  t.field({
    type: ApiKeyConnectionRef,
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    complexity: pageComplexity(PAGES.apiKeys),
    description: 'API keys, the newest first. Requires an operator key with the scope "keys:write".',
    args: {
      tenantId: t.arg.id({ description: 'Tenant whose keys to list. Null lists operator keys. Defaults to all keys.' }),
      includeRevoked: t.arg.boolean({ defaultValue: false, description: 'Whether to include revoked keys.' }),
      ...pageArguments(t.arg, PAGES.apiKeys),
    },
    resolve: async (_root, { tenantId, includeRevoked, ...args }, context) => {
      // Null lists operator keys. A named tenant must exist.
      const owner = typeof tenantId === 'string' ? await tenantOf(context, tenantId) : tenantId
      const page = readPage(args, PAGES.apiKeys, toApiKeyId)
      const { items, hasMore } = await context.tollgate.accounts.apiKeys({ ...page, tenantId: owner, includeRevoked: includeRevoked ?? false })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toApiKeyId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!ApiKeyId.matches(id)) throw invalidCursor()
  return id
}
