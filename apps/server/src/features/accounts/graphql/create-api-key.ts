import type { ApiKey } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from '../key-scopes.ts'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyRef } from './api-key.ts'

const CreateApiKeyInputRef = builder.inputType('CreateApiKeyInput', {
  description: 'The API key to create.',
  fields: t => ({
    tenantId: t.id({ description: 'Tenant of the key. Absent or null creates an operator key.' }),
    name: t.string({ required: true, description: 'Display name, up to 200 characters.' }),
    scopes: t.stringList({
      description: `What the key may do: ${quoted(TENANT_KEY_SCOPES)}; for operator keys also ${quoted(OPERATOR_ONLY_SCOPES)}. Defaults to all of these that your own key has. Your own key must have every scope that you name.`,
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the key expires. Defaults to never.' }),
  }),
})

const CreateApiKeyPayloadRef = builder.objectRef<{ apiKey: ApiKey; secret: string }>('CreateApiKeyPayload').implement({
  description: 'The API key was created.',
  fields: t => ({
    apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The new key.' }),
    secret: t.exposeString('secret', { description: 'The secret, to send as "Authorization: Bearer <secret>". It cannot be read again: store it.' }),
  }),
})

builder.mutationField('createApiKey', t =>
  t.field({
    type: CreateApiKeyPayloadRef,
    audit: 'key.created',
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Creates an API key. Requires an operator key with the scope "keys:write".',
    args: { input: t.arg({ type: CreateApiKeyInputRef, required: true, description: 'The API key to create.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) => tollgate.accounts.createApiKey(input, viewer.scopes),
  }),
)
