import type { Decimal, Temporal } from '@tollgate/kernel'

/** What collections do. */
export const COLLECTION_STEP_KINDS = ['reminder', 'late_fee', 'uncollectible'] as const

/** What a step of collections does. */
export type CollectionStepKind = (typeof COLLECTION_STEP_KINDS)[number]

/** A step of collections that was decided. It is taken once: its key is unique for the invoice. */
export interface CollectionStep {
  readonly tenantId: string
  readonly invoiceId: string
  /** "reminder:-7", "late_fee:1", "uncollectible", or "manual:…" for a reminder that somebody sent. */
  readonly key: string
  readonly kind: CollectionStepKind
  /** Days from the due date, of a reminder of the policy. Null for other steps. */
  readonly day: number | null
  /** When it was due. */
  readonly dueAt: Temporal.Instant
  readonly takenAt: Temporal.Instant
  /** `skipped`: nothing was done, because a later step replaced it, or there was nothing to charge. */
  readonly outcome: 'done' | 'skipped'
  /** The late fee. Null for other steps. */
  readonly amount: Decimal | null
}
