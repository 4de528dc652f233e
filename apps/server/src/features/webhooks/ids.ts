import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of webhook endpoints. */
export const WebhookEndpointId = idCodec({ type: 'WebhookEndpoint', prefix: 'whe_', plural: 'webhook endpoints' })

/** Ids of webhook deliveries. */
export const WebhookDeliveryId = idCodec({ type: 'WebhookDelivery', prefix: 'whd_', plural: 'webhook deliveries' })
