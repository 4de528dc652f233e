import { PoliciesUnsettled, QuotaStoreUnavailable, QuotasOverloaded, ReservationClosed } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { ReservationStateRef } from './quota-enums.ts'

builder.objectType(QuotasOverloaded, {
  name: 'QuotasOverloadedError',
  description: 'More quota decisions are asked for than can be made. Nothing was counted: ask again later.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'How long to wait before asking again, in milliseconds.' }) }),
})

builder.objectType(QuotaStoreUnavailable, {
  name: 'QuotasUnavailableError',
  description: 'The database does not answer, and what was asked cannot be done without it. Whether it was done is unknown.',
  interfaces: [ErrorInterface],
})

builder.objectType(PoliciesUnsettled, {
  name: 'QuotasUnsettledError',
  description: 'The quotas changed again and again while the decision was made. Nothing was counted: ask again.',
  interfaces: [ErrorInterface],
})

builder.objectType(ReservationClosed, {
  name: 'ReservationClosedError',
  description: 'The reservation has ended, and what was asked cannot be done with it any more. Nothing was changed: reserve again.',
  interfaces: [ErrorInterface],
  fields: t => ({ state: t.expose('state', { type: ReservationStateRef, description: 'How it ended.' }) }),
})
