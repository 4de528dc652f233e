import type { Temporal } from '@tollgate/kernel'
import type { AuditActor } from './audit-event.ts'

/** What one actor did, counted. */
export interface ActivityCount {
  readonly tenantId: string
  readonly actor: AuditActor
  readonly family: string
  readonly action: string
  /** Number of calls that reports count. */
  readonly calls: number
  /** Details, each a sum: `{ accepted: 12, duplicate: 1 }`. */
  readonly counts: Readonly<Record<string, number>>
}

/** What one actor did in a minute. */
export interface MinuteOfActivity extends ActivityCount {
  /** Start of the minute. */
  readonly minute: Temporal.Instant
}

/** Returns the start of the minute of an instant. */
export function minuteOf(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'minute', roundingMode: 'floor' })
}
