import { tenantOf } from '../../authorize.ts'
import { builder } from '../../builder.ts'
import { toConnection } from '../../connection.ts'
import { decodeCursor, encodeCursor } from '../../cursor.ts'
import { readIdOf, toGlobalId } from '../../global-id.ts'
import { PAGES } from '../../limits.ts'
import { pageComplexity, pageSize } from '../../page-size.ts'
import { ApiKeyRef } from './api-key.ts'

const ApiKeyConnectionRef = builder.connectionObject({ type: ApiKeyRef, name: 'ApiKeyConnection' }, { name: 'ApiKeyEdge' })

builder.queryField('apiKeys', t =>
  t.field({
    type: ApiKeyConnectionRef,
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    complexity: pageComplexity(PAGES.apiKeys),
    description: 'API keys, the newest first. For operators with the scope "keys:write".',
    args: {
      tenantId: t.arg.id({ description: 'Whose keys; everybody\'s where it is left out, operators\' own where it is null.' }),
      includeRevoked: t.arg.boolean({ defaultValue: false, description: 'Whether revoked keys are listed too.' }),
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.apiKeys.max}; ${PAGES.apiKeys.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, { tenantId, includeRevoked, first, after }, context) => {
      const owner = tenantId ? await tenantOf(context, tenantId) : tenantId
      const page = { tenantId: owner, includeRevoked: includeRevoked ?? false, first: pageSize(first, PAGES.apiKeys), after: after ? toPosition(after) : undefined }
      const { apiKeys, hasMore } = await context.tollgate.accounts.apiKeys(page)
      return toConnection(apiKeys, { hasMore, continued: Boolean(after), cursor: ({ id }) => encodeCursor(id) })
    },
  }),
)

function toPosition(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1)
  return readIdOf('ApiKey', toGlobalId('ApiKey', id), 'after')
}
