import { builder } from '../../../../graphql/builder.ts'
import { ReservationRef } from './reservation.ts'

/** Declares the payload of a change to a reservation. It holds the reservation's id. */
export function reservationPayload(name: `${string}Payload`, description: string) {
  return builder.objectRef<{ reservation: string }>(name).implement({
    description,
    fields: t => ({
      reservation: t.field({
        type: ReservationRef,
        nullable: true,
        description: 'The reservation after the change. Null if it was made while the database did not answer, so that it never held anything.',
        resolve: ({ reservation }) => reservation,
      }),
    }),
  })
}
