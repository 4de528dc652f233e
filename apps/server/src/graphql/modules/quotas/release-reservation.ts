import { builder } from '../../builder.ts'
import { namedReservation } from './named-reservation.ts'
import { RESERVATION_FAILURES } from './quota-failures.ts'
import { ReservationRef } from './reservation.ts'

const ReleaseReservationInputRef = builder.inputType('ReleaseReservationInput', {
  description: 'A reservation.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of the reservation: "rsv_…".' }),
  }),
})

const ReleaseReservationPayloadRef = builder.objectRef<{ reservation: string }>('ReleaseReservationPayload').implement({
  description: 'A reservation was released.',
  fields: t => ({
    reservation: t.field({
      type: ReservationRef,
      nullable: true,
      description: 'As it is now; null where the database did not answer when it was made, so that it never held anything.',
      resolve: ({ reservation }) => reservation,
    }),
  }),
})

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
