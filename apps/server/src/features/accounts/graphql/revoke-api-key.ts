import type { ApiKey } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyId } from '../ids.ts'
import { ApiKeyRef } from './api-key.ts'

const RevokeApiKeyInputRef = builder.inputType('RevokeApiKeyInput', {
  description: 'An API key to be revoked.',
  fields: t => ({ id: t.id({ required: true, description: 'The id of the key: "key_…".' }) }),
})

const RevokeApiKeyPayloadRef = builder.objectRef<{ apiKey: ApiKey }>('RevokeApiKeyPayload').implement({
  description: 'An API key was revoked.',
  fields: t => ({ apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The key, with the time of its revocation.' }) }),
})

builder.mutationField('revokeApiKey', t =>
  t.field({
    type: RevokeApiKeyPayloadRef,
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Revokes an API key for good. Holds from the next request on, on every server. For operators with the scope "keys:write".',
    args: { input: t.arg({ type: RevokeApiKeyInputRef, required: true, description: 'Which key.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ apiKey: await tollgate.accounts.revokeApiKey(ApiKeyId.decode(input.id)) }),
  }),
)
