import type { SessionToken } from '@tollgate/accounts'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'

const CreateSessionPayloadRef = builder.objectRef<SessionToken>('CreateSessionPayload').implement({
  description: 'The session began or was renewed.',
  fields: t => ({
    token: t.exposeString('token', { description: 'The token of the session, to send as "Authorization: Bearer <token>". It is not stored.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the token expires: after an hour, or when the session ends.' }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      description: 'When the session ends, however often it is renewed: 12 hours after it began, or when the key expires.',
    }),
  }),
})

builder.mutationField('createSession', t =>
  t.field({
    type: CreateSessionPayloadRef,
    audit: 'key.sessionCreated',
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Exchanges the API key of this request for the token of a session, so that a page need not keep the key. The token may do everything that the key may. It expires after an hour; send this mutation with the token to get another one, until the session is 12 hours old. The session ends when the key expires, is revoked or is rotated. An access token cannot begin a session.',
    resolve: (_root, _args, { tollgate, viewer }) => tollgate.sessions.create(viewer),
  }),
)
