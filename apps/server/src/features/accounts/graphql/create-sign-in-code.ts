import type { SignInCode } from '@tollgate/accounts'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'

const CreateSignInCodePayloadRef = builder.objectRef<SignInCode>('CreateSignInCodePayload').implement({
  description: 'The sign-in code was created.',
  fields: t => ({
    code: t.exposeString('code', {
      description: 'The code. The page /sign-in#code=<code> of the dashboard signs a browser in with it. It identifies one request as the operator.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the code expires if it was not used: after 24 hours.' }),
  }),
})

builder.mutationField('createSignInCode', t =>
  t.field({
    type: CreateSignInCodePayloadRef,
    audit: 'key.signInCodeCreated',
    authScopes: { operator: true },
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Creates a code that signs a browser in to the dashboard as the operator, once. It is valid on this server only, until it stops. Requires the operator key of the configuration, because the code has its rights.',
    resolve: (_root, _args, { tollgate, viewer }) => tollgate.signInCodes.create(viewer),
  }),
)
