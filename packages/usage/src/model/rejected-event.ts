import type { Temporal } from '@tollgate/kernel'

/** An event that failed validation, kept so that it can be inspected and sent again. */
export interface RejectedEvent {
  /** UUIDv7 of `rejectedAt`. */
  readonly id: string
  readonly tenantId: string
  /** Null if the client sent none, or an invalid one. */
  readonly idempotencyKey: string | null
  /** The issues of each field. */
  readonly reason: string
  /** What was sent, as JSON; null if it was too large to keep. Strings may contain any character, including NUL. */
  readonly payload: unknown
  /** When it was first rejected. */
  readonly rejectedAt: Temporal.Instant
  /** How often it was sent and rejected. */
  readonly attempts: number
  /** When it was sent again and accepted; null until then. */
  readonly resolvedAt: Temporal.Instant | null
}

/** A rejected event to store. */
export type NewRejectedEvent = Omit<RejectedEvent, 'attempts' | 'resolvedAt'>
