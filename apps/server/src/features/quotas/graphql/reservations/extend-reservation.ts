import { builder } from '../../../../graphql/builder.ts'
import { changeReservation } from './change-reservation.ts'
import { RESERVATION_FAILURES } from './reservation-failures.ts'
import { reservationPayload } from './reservation-payload.ts'

const ExtendReservationInputRef = builder.inputType('ExtendReservationInput', {
  description: 'The reservation to extend.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the reservation: "rsv_…".' }),
    ttlSeconds: t.int({ required: true, description: 'How long it holds from now on: 1 to 3,600 seconds. Never shortens a reservation.' }),
  }),
})

const ExtendReservationPayloadRef = reservationPayload('ExtendReservationPayload', 'The reservation was extended.')

builder.mutationField('extendReservation', t =>
  t.field({
    type: ExtendReservationPayloadRef,
    audit: 'counted',
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description: 'Extends a reservation. Call it regularly during long work, such as a stream, to keep the amounts held.',
    args: { input: t.arg({ type: ExtendReservationInputRef, required: true, description: 'The reservation to extend.' }) },
    resolve: async (_root, { input: { id, ttlSeconds } }, context) => ({
      reservation: await changeReservation(id, context, reservation => context.tollgate.quotas.extend({ ...reservation, ttlSeconds })),
    }),
  }),
)
