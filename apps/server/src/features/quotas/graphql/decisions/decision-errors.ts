import { IdempotencyKeyReused, PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { ErrorInterface } from '../../../../graphql/errors/error-interface.ts'

builder.objectType(QuotasOverloaded, {
  name: 'QuotasOverloadedError',
  description: 'Too many quota decisions are waiting. Nothing was counted: try again later.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'How long to wait before trying again, in milliseconds.' }) }),
})

builder.objectType(QuotaStoreUnavailable, {
  name: 'QuotasUnavailableError',
  description: 'The database does not answer, and the request cannot be done without it. It may or may not have been applied.',
  interfaces: [ErrorInterface],
})

builder.objectType(PoliciesUnsettled, {
  name: 'QuotasChangedError',
  description: 'The quotas kept changing while the decision was made. Nothing was counted: try again.',
  interfaces: [ErrorInterface],
})

builder.objectType(IdempotencyKeyReused, {
  name: 'IdempotencyKeyReusedError',
  description: 'The idempotency key was used for other amounts or dimensions. Nothing was counted.',
  interfaces: [ErrorInterface],
})
