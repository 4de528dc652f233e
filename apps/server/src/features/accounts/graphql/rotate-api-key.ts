import type { ApiKey } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { ApiKeyId } from '../ids.ts'
import { ApiKeyRef } from './api-key.ts'

const RotateApiKeyInputRef = builder.inputType('RotateApiKeyInput', {
  description: 'The API key to rotate.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the key: "key_…".' }),
    previousSecretExpiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the old secret works, at most 90 days from now. A time that has passed ends it at once. Defaults to 24 hours from now.',
    }),
  }),
})

const RotateApiKeyPayloadRef = builder.objectRef<{ apiKey: ApiKey; secret: string }>('RotateApiKeyPayload').implement({
  description: 'The API key was rotated.',
  fields: t => ({
    apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The rotated key, with the prefix of its new secret.' }),
    secret: t.exposeString('secret', { description: 'The new secret. It cannot be read again: store it.' }),
  }),
})

builder.mutationField('rotateApiKey', t =>
  t.field({
    type: RotateApiKeyPayloadRef,
    audit: 'key.rotated',
    authScopes: { $all: { operator: true, can: 'keys:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Replaces the secret of an API key. Both secrets work until the old one expires; a secret that an earlier rotation replaced no longer works. Requires an operator key with the scope "keys:write".',
    args: { input: t.arg({ type: RotateApiKeyInputRef, required: true, description: 'The API key to rotate.' }) },
    resolve: (_root, { input: { id, ...rotation } }, { tollgate }) => tollgate.accounts.rotateApiKey(ApiKeyId.decode(id), rotation),
  }),
)
