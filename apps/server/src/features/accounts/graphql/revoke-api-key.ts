import type { ApiKey } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyId } from '../ids.ts'
import { ApiKeyRef } from './api-key.ts'

const RevokeApiKeyInputRef = builder.inputType('RevokeApiKeyInput', {
  description: 'The API key to revoke.',
  fields: t => ({ id: t.id({ required: true, description: 'Id of the key: "key_…".' }) }),
})

const RevokeApiKeyPayloadRef = builder.objectRef<{ apiKey: ApiKey }>('RevokeApiKeyPayload').implement({
  description: 'The API key was revoked.',
  fields: t => ({ apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The revoked key.' }) }),
})

builder.mutationField('revokeApiKey', t =>
  t.field({
    type: RevokeApiKeyPayloadRef,
    audit: 'key.revoked',
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Revokes an API key permanently. It is refused from the next request on, on every server. Requires an operator key with the scope "keys:write".',
    args: { input: t.arg({ type: RevokeApiKeyInputRef, required: true, description: 'The API key to revoke.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ apiKey: await tollgate.accounts.revokeApiKey(ApiKeyId.decode(input.id)) }),
  }),
)
