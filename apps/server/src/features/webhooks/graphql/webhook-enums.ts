import type { NotificationType, WebhookDeliveryState } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** What endpoints can be told of. */
export const WebhookTypeRef = builder.enumType('WebhookType', {
  description: 'What a webhook endpoint can be told of.',
  values: {
    QUOTA_THRESHOLD_REACHED: { value: 'quota.threshold_reached', description: '"quota.threshold_reached": usage reached a threshold of a quota.' },
    ALERT_RAISED: { value: 'alert.raised', description: '"alert.raised": something is too much.' },
    ALERT_RECOVERED: { value: 'alert.recovered', description: '"alert.recovered": it is no more.' },
  } as const satisfies EnumValues<NotificationType>,
})

/** What became of a delivery. */
export const WebhookDeliveryStateRef = builder.enumType('WebhookDeliveryState', {
  description: 'What became of a delivery.',
  values: {
    PENDING: { value: 'PENDING', description: 'Its first, or next, attempt is to come.' },
    DELIVERED: { value: 'DELIVERED', description: 'The receiver took it, with a status of 2xx.' },
    FAILED: { value: 'FAILED', description: 'It was given up: a dead letter. It can be redelivered.' },
  } as const satisfies EnumValues<WebhookDeliveryState>,
})
