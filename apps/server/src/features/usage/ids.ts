import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of usage events. */
export const UsageEventId = idCodec({ type: 'UsageEvent', prefix: 'evt_', plural: 'usage events' })

/** Ids of rejected events. */
export const RejectedEventId = idCodec({ type: 'RejectedEvent', prefix: 'rej_', plural: 'rejected events' })
