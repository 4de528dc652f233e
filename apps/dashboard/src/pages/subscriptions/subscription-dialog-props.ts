import type { TenantSubscriptionQuery } from './subscriptions.operations.ts'

/** What a dialog that changes a subscription is given. */
export interface SubscriptionDialogProps {
  readonly tenantId: string
  readonly subscription: NonNullable<TenantSubscriptionQuery['subscription']>
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}
