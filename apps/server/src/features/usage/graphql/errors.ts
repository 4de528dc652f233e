import { Overloaded, StoreUnavailable, UsageStopped } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(Overloaded, {
  name: 'OverloadedError',
  description: 'More is coming in than can be recorded. Nothing of the call was taken: send it again later, with the same idempotency keys.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'How long to wait before sending it again, in milliseconds.' }) }),
})

builder.objectType(StoreUnavailable, {
  name: 'StoreUnavailableError',
  description: 'The database does not answer. The events may have been recorded or not: send them again, with the same idempotency keys.',
  interfaces: [ErrorInterface],
})

builder.objectType(UsageStopped, {
  name: 'StoppingError',
  description: 'The server is stopping. Nothing of the call was taken: send it again, with the same idempotency keys.',
  interfaces: [ErrorInterface],
})
