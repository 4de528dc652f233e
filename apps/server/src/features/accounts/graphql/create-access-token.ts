import { Forbidden, InvalidInput, NotFound, type Temporal } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { quoted } from '../../../graphql/quoted.ts'
import { CUSTOMER_TOKEN_SCOPES, NAMED_TOKEN_SCOPES, TENANT_TOKEN_SCOPES } from '../key-scopes.ts'

const CreateAccessTokenInputRef = builder.inputType('CreateAccessTokenInput', {
  description: 'The access token to create.',
  fields: t => ({
    tenantId: t.id({ description: 'Tenant that the token reads. Required with an operator key; a tenant key makes tokens of its own tenant.' }),
    customerId: t.id({ description: 'The only customer of the tenant that the token reads. Defaults to the whole tenant.' }),
    scopes: t.stringList({
      description: `What the token may read: ${quoted(TENANT_TOKEN_SCOPES)}; for a customer ${quoted(CUSTOMER_TOKEN_SCOPES)}. Defaults to all of these that your key has, except ${quoted(NAMED_TOKEN_SCOPES)}, which shows what providers charge. Your key must have every scope that you name.`,
    }),
    ttlSeconds: t.int({
      defaultValue: 900,
      description: 'How long the token is valid, 10 to 3,600 seconds. Defaults to 900. It never outlives the key that makes it.',
    }),
  }),
})

const CreateAccessTokenPayloadRef = builder.objectRef<{ token: string; expiresAt: Temporal.Instant }>('CreateAccessTokenPayload').implement({
  description: 'The access token was created.',
  fields: t => ({
    token: t.exposeString('token', { description: 'The token, for the browser to send as "Authorization: Bearer <token>". It is not stored.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the token expires.' }),
  }),
})

builder.mutationField('createAccessToken', t =>
  t.field({
    type: CreateAccessTokenPayloadRef,
    audit: 'key.accessTokenCreated',
    authScopes: { can: 'tokens:write' },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Creates a short-lived token for a browser, which must not hold an API key. The token reads one tenant, or one customer of it, and changes nothing. It is refused as soon as the key that made it is revoked. Requires the scope "tokens:write".',
    args: { input: t.arg({ type: CreateAccessTokenInputRef, required: true, description: 'The access token to create.' }) },
    resolve: async (_root, { input }, context) =>
      context.tollgate.accessTokens.create({ ...input, tenantId: await tenantOf(context, input.tenantId) }, context.viewer),
  }),
)
