import { AuditOverloaded, AuditStoreUnavailable } from '@tollgate/audit'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(AuditOverloaded, {
  name: 'AuditOverloadedError',
  description: 'Too many audit events are waiting, or the database is busy. The call recorded nothing: retry it later, with the same idempotency keys.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'Milliseconds to wait before the retry.' }) }),
})

builder.objectType(AuditStoreUnavailable, {
  name: 'AuditUnavailableError',
  description: 'The database is unavailable. The events may or may not have been recorded: retry with the same idempotency keys.',
  interfaces: [ErrorInterface],
})
