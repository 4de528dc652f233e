import { Overloaded, StoreUnavailable, UsageStopped } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(Overloaded, {
  name: 'OverloadedError',
  description: 'Too many events are waiting, or the database is busy. The call recorded nothing: retry it later, with the same idempotency keys.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'Milliseconds to wait before the retry.' }) }),
})

builder.objectType(StoreUnavailable, {
  name: 'StoreUnavailableError',
  description: 'The database is unavailable. The events may or may not have been recorded: retry with the same idempotency keys.',
  interfaces: [ErrorInterface],
})

builder.objectType(UsageStopped, {
  name: 'StoppingError',
  description: 'The server is shutting down. The call recorded nothing: retry it with the same idempotency keys.',
  interfaces: [ErrorInterface],
})
