import type { UsageEventInput } from '../model/operations.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { SpoolPosition } from '../spool-store.ts'

/** An event that waits for the server's answer. */
export interface QueuedEvent {
  event: UsageEventInput
  readonly tenantId: string | undefined
  readonly bytes: number
  /** Where it is in the spool. */
  readonly position: SpoolPosition | undefined
  /** Whether the client set the time, so that it may correct it. */
  stampedByClient: boolean
  /** How often it was sent in vain. */
  attempts: number
  /** The caller that waits for the receipt. */
  resolve: ((receipt: TrackReceipt) => void) | undefined
}
