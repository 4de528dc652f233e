import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { ApiKeyId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { ApiKeyRef } from './api-key.ts'

const ApiKeyConnectionRef = builder.connectionObject({ type: ApiKeyRef, name: 'ApiKeyConnection' }, { name: 'ApiKeyEdge' })

builder.queryField('apiKeys', t =>
  t.field({
    type: ApiKeyConnectionRef,
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    complexity: pageComplexity(PAGES.apiKeys),
    description: 'API keys, the newest first. For operators with the scope "keys:write".',
    args: {
      tenantId: t.arg.id({ description: "Whose keys; everybody's where it is left out, operators' own where it is null." }),
      includeRevoked: t.arg.boolean({ defaultValue: false, description: 'Whether revoked keys are listed too.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.apiKeys.max}; ${PAGES.apiKeys.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, includeRevoked, ...args }, context) => {
      // Null is an owner too: operators. Only a tenant that is named must exist.
      const owner = typeof tenantId === 'string' ? await tenantOf(context, tenantId) : tenantId
      const page = readPage(args, PAGES.apiKeys, toPosition)
      const { items, hasMore } = await context.tollgate.accounts.apiKeys({ ...page, tenantId: owner, includeRevoked: includeRevoked ?? false })
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toPosition(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!ApiKeyId.matches(id)) throw invalidCursor()
  return id
}
