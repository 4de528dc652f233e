import { type CreditAlert, type CreditAlertKind, type Credits, topUpKey } from '@tollgate/credits'
import { CREDIT_ALERTS_CHANNEL } from '@tollgate/credits/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Notification, NotificationSource, NotificationType } from '@tollgate/webhooks'
import { CreditGrantId, WalletId } from './ids.ts'

const TYPES: Readonly<Record<CreditAlertKind, NotificationType>> = {
  low_balance: 'credits.low_balance',
  exhausted: 'credits.exhausted',
  expiring_soon: 'credits.expiring_soon',
  top_up_requested: 'credits.top_up_requested',
  top_up_failed: 'credits.top_up_failed',
}

/** Notifications of wallets that need attention. */
export function creditAlertNotifications(credits: Pick<Credits, 'alerts'>): NotificationSource {
  return {
    name: 'credit-alerts',
    channel: CREDIT_ALERTS_CHANNEL,
    read: async page => (await credits.alerts(OPERATOR_SCOPE, page)).items.map(toNotification),
  }
}

/** Fields and ids are those of `CreditAlert` in GraphQL. */
function toNotification({ cursor, tenantId, kind, occurredAt, ...alert }: CreditAlert): Notification {
  return {
    id: `cal_${cursor}`,
    cursor,
    type: TYPES[kind],
    tenantId,
    occurredAt,
    data: {
      walletId: WalletId.encode(`${tenantId}:${alert.walletId}`),
      customerId: alert.customerId,
      threshold: alert.threshold?.toFixed() ?? null,
      balance: alert.balance.toFixed(),
      daysLeft: alert.daysLeft?.toFixed() ?? null,
      grantId: alert.grantId === null ? null : CreditGrantId.encode(`${tenantId}:${alert.grantId}`),
      expiresAt: alert.expiresAt?.toString() ?? null,
      expiring: alert.expiring?.toFixed() ?? null,
      topUpAmount: alert.topUpAmount?.toFixed() ?? null,
      topUpKey: alert.topUpId === null ? null : topUpKey(alert.topUpId),
      reason: alert.reason,
    },
  }
}
