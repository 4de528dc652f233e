import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of reservations. */
export const ReservationId = idCodec({ type: 'Reservation', prefix: 'rsv_', plural: 'reservations' })
