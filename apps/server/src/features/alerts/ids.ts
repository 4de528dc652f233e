import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of alerts. */
export const AlertId = idCodec({ type: 'Alert', prefix: 'alr_', plural: 'alerts' })
