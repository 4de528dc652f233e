import type { Transaction } from '@tollgate/kernel'

/** Schedules attempts of deliveries. When an attempt is due, call `attempt` of `Webhooks` with its delivery and number. */
export interface AttemptScheduler<Tx extends Transaction = Transaction> {
  /** Schedules attempts in the transaction that makes them due. A later attempt of a delivery replaces one that has not started. */
  schedule(attempts: readonly ScheduledAttempt[], transaction: Tx): Promise<void>
}

/** An attempt to run. */
export interface ScheduledAttempt {
  readonly deliveryId: string
  readonly attempt: number
  readonly endpointId: string
  readonly tenantId: string | null
  readonly delayMs: number
}
