import type { Period } from '@tollgate/kernel'

/** The events to rate again. Null selects all. */
export interface RatingSelection {
  /** Range of `occurredAt`, half-open, in microseconds. */
  readonly range: Period
  readonly tenantId: string | null
  /** As sent in the event. */
  readonly provider: string | null
  /** As sent in the event. */
  readonly model: string | null
  /** Only events that are unpriced, including their corrections so far. */
  readonly unpricedOnly: boolean
}

/** A selection as a client sends it. An omitted field selects all. */
export interface RatingSelectionDraft {
  readonly range: Period
  readonly tenantId?: string | null | undefined
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
  readonly unpricedOnly?: boolean | null | undefined
}
