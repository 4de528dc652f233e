import { scopeOf } from '@tollgate/accounts'
import { NotFound } from '@tollgate/kernel'
import { ReservationClosed, type ReservationInput, ReservationNotFound } from '@tollgate/quotas'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { ReservationId } from '../../ids.ts'
import { ReservationRef } from './reservation.ts'

/**
 * Changes a reservation that the viewer may act on, and returns its id, by which the result loads it. A reservation of
 * another tenant is reported as not found.
 */
export async function changeReservation(id: string, context: GraphQLContext, change: (input: ReservationInput) => Promise<unknown>): Promise<string> {
  const reservationId = ReservationId.decode(id)
  try {
    await change({ reservationId, scope: scopeOf(context.viewer), caller: viewerName(context.viewer) })
  } catch (error) {
    if (error instanceof ReservationNotFound) throw new NotFound('reservation', ReservationId.encode(reservationId))
    if (error instanceof ReservationClosed) throw new ReservationClosed(ReservationId.encode(reservationId), error.state)
    throw error
  }
  // An earlier mutation of the same operation may have loaded the reservation.
  ReservationRef.getDataloader(context).clear(reservationId)
  return reservationId
}
