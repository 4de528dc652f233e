import { builder } from '../../../../graphql/builder.ts'
import { changeReservation } from './change-reservation.ts'
import { RESERVATION_FAILURES } from './reservation-failures.ts'
import { reservationPayload } from './reservation-payload.ts'

const ReleaseReservationInputRef = builder.inputType('ReleaseReservationInput', {
  description: 'The reservation to release.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the reservation: "rsv_…".' }),
  }),
})

const ReleaseReservationPayloadRef = reservationPayload('ReleaseReservationPayload', 'The reservation was released.')

builder.mutationField('releaseReservation', t =>
  t.field({
    type: ReleaseReservationPayloadRef,
    audit: 'counted',
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description: 'Gives back the amounts of a reservation when nothing was used. Releasing it again changes nothing.',
    args: { input: t.arg({ type: ReleaseReservationInputRef, required: true, description: 'The reservation to release.' }) },
    resolve: async (_root, { input: { id } }, context) => ({
      reservation: await changeReservation(id, context, reservation => context.tollgate.quotas.release(reservation)),
    }),
  }),
)
