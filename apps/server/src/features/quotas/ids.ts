import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of reservations. */
export const ReservationId = idCodec({ type: 'Reservation', prefix: 'rsv_', plural: 'reservations' })

/** Ids of quotas, which name the tenant, the limit and the value of its scope. */
export const QuotaId = idCodec({ type: 'Quota', prefix: 'quo_', plural: 'quotas', form: /^[\w-]{1,4000}$/ })
