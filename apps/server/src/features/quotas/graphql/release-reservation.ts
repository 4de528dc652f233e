import { builder } from '../../../graphql/builder.ts'
import { namedReservation } from './named-reservation.ts'
import { RESERVATION_FAILURES } from './quota-failures.ts'
import { reservationPayload } from './reservation-payload.ts'

const ReleaseReservationInputRef = builder.inputType('ReleaseReservationInput', {
  description: 'A reservation.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of the reservation: "rsv_…".' }),
  }),
})

const ReleaseReservationPayloadRef = reservationPayload('ReleaseReservationPayload', 'A reservation was released.')

builder.mutationField('releaseReservation', t =>
  t.field({
    type: ReleaseReservationPayloadRef,
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description: 'Gives back what a reservation holds: nothing was used. Again, it does nothing.',
    args: { input: t.arg({ type: ReleaseReservationInputRef, required: true, description: 'Which reservation.' }) },
    resolve: async (_root, { input: { id } }, context) => ({
      reservation: await namedReservation(id, context, named => context.tollgate.quotas.release(named)),
    }),
  }),
)
