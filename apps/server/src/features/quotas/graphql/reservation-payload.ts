import { builder } from '../../../graphql/builder.ts'
import { ReservationRef } from './reservation.ts'

/** What is answered to whoever did something with a reservation, by its id. */
export function reservationPayload(name: `${string}Payload`, description: string) {
  return builder.objectRef<{ reservation: string }>(name).implement({
    description,
    fields: t => ({
      reservation: t.field({
        type: ReservationRef,
        nullable: true,
        description: 'As it is now; null where the database did not answer when it was made, so that it never held anything.',
        resolve: ({ reservation }) => reservation,
      }),
    }),
  })
}
