import { builder } from '../../../graphql/builder.ts'
import { namedReservation } from './named-reservation.ts'
import { RESERVATION_FAILURES } from './quota-failures.ts'
import { reservationPayload } from './reservation-payload.ts'

const ExtendReservationInputRef = builder.inputType('ExtendReservationInput', {
  description: 'A reservation, and for how long.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of the reservation: "rsv_…".' }),
    ttlSeconds: t.int({ required: true, description: 'For how long from now on, from 1 to 3,600. It never holds for shorter than before.' }),
  }),
})

const ExtendReservationPayloadRef = reservationPayload('ExtendReservationPayload', 'A reservation was extended.')

builder.mutationField('extendReservation', t =>
  t.field({
    type: ExtendReservationPayloadRef,
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description: 'The heartbeat of long work, such as a stream: holds on to what is reserved.',
    args: { input: t.arg({ type: ExtendReservationInputRef, required: true, description: 'Which reservation.' }) },
    resolve: async (_root, { input: { id, ttlSeconds } }, context) => ({
      reservation: await namedReservation(id, context, named => context.tollgate.quotas.extend({ ...named, ttlSeconds })),
    }),
  }),
)
