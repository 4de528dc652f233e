import { isUuid, type Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Reservation, StoredReservation } from '../../model/decisions/reservation.ts'
import { reservationOf, reservationRecordOf, type ReservationRow, SELECT_RESERVATION } from '../tables/reservations.ts'

// Uses the primary key (id).
const RESERVATION = `select ${SELECT_RESERVATION} from quotas.reservations where id = $1::uuid`

// Uses the primary key (id).
const RESERVATIONS = `select ${SELECT_RESERVATION} from quotas.reservations where id = any ($1::uuid[])`

/** Reads a reservation as it was granted. */
export async function readReservation(database: PostgresDatabase, scope: Scope, id: string): Promise<Reservation | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await database.query<ReservationRow>(scope, RESERVATION, [id])
  return row && reservationOf(row)
}

/** Reads reservations in their current state. */
export async function readReservations(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<readonly StoredReservation[]> {
  const rows = await database.query<ReservationRow>(scope, RESERVATIONS, [ids.filter(isUuid)])
  return rows.map(reservationRecordOf)
}
