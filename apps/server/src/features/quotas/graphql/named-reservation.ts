import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { ReservationClosed, type ReservationInput, ReservationNotFound } from '@tollgate/quotas'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { ReservationId } from '../ids.ts'
import { ReservationRef } from './reservation.ts'

/**
 * Does something with a reservation that the viewer may touch; answers its id, by which it is loaded as it is then. One of
 * another tenant is not found, as one that is not there.
 */
export async function namedReservation(id: string, context: GraphQLContext, work: (named: ReservationInput) => Promise<unknown>): Promise<string> {
  const reservationId = ReservationId.decode(id)
  try {
    await work({ reservationId, scope: scopeOf(context.viewer) })
  } catch (error) {
    if (error instanceof ReservationNotFound) throw new NotFound('reservation', ReservationId.encode(reservationId))
    if (error instanceof ReservationClosed) throw new ReservationClosed(ReservationId.encode(reservationId), error.state)
    throw error
  }
  // An operation before this one may have loaded it as it was.
  ReservationRef.getDataloader(context).clear(reservationId)
  return reservationId
}
