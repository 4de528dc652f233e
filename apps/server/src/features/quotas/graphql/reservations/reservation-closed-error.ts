import { ReservationClosed } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { ErrorInterface } from '../../../../graphql/errors/error-interface.ts'
import { ReservationStateRef } from './reservation-state.ts'

builder.objectType(ReservationClosed, {
  name: 'ReservationClosedError',
  description: 'The reservation has ended, so it can no longer be changed this way. Nothing was changed: make a new reservation.',
  interfaces: [ErrorInterface],
  fields: t => ({ state: t.expose('state', { type: ReservationStateRef, description: 'How the reservation ended.' }) }),
})
