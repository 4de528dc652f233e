import type { ApiKey } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { OPERATOR_ONLY_SCOPES, TENANT_KEY_SCOPES } from '../key-scopes.ts'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyRef } from './api-key.ts'

const CreateApiKeyInputRef = builder.inputType('CreateApiKeyInput', {
  description: 'An API key to be made.',
  fields: t => ({
    tenantId: t.id({ description: 'Whose it is; an operator key where it is left out or null.' }),
    name: t.string({ required: true, description: 'What it is for; up to 200 characters.' }),
    scopes: t.stringList({
      description: `What it may do. For a tenant: ${quoted(TENANT_KEY_SCOPES)}. For an operator also ${quoted(OPERATOR_ONLY_SCOPES)}. Where it is left out: all of these that your own key has. Never more than your own key has.`,
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it stops to hold; never by itself where it is left out.' }),
  }),
})

const CreateApiKeyPayloadRef = builder.objectRef<{ apiKey: ApiKey; secret: string }>('CreateApiKeyPayload').implement({
  description: 'An API key was made.',
  fields: t => ({
    apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The new key.' }),
    secret: t.exposeString('secret', { description: 'The key itself, to be sent as "Authorization: Bearer <key>". Shown only here: keep it.' }),
  }),
})

builder.mutationField('createApiKey', t =>
  t.field({
    type: CreateApiKeyPayloadRef,
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Makes an API key. For operators with the scope "keys:write".',
    args: { input: t.arg({ type: CreateApiKeyInputRef, required: true, description: 'The key.' }) },
    resolve: (_root, { input }, { viewer, tollgate }) => tollgate.accounts.createApiKey(input, viewer.scopes),
  }),
)
