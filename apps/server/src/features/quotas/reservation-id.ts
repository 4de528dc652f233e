/** What a reservation's id begins with, as clients see it. */
export const RESERVATION_ID_PREFIX = 'rsv_'

const RESERVATION_ID = /^rsv_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/** The id under which quotas know a reservation; null where the text is not the id of one. */
export function readReservationId(text: string): string | null {
  return RESERVATION_ID.exec(text)?.[1] ?? null
}
