import type { FailureMode, QuotaPolicy } from './policy.ts'
import type { PolicyDraft } from './policy-draft.ts'

/** A plan as written by a person or program, before it is checked. */
export interface PlanDraft {
  readonly name: string
  readonly policies: readonly PolicyDraft[]
  /** The decision for metrics without a policy. Required. */
  readonly unlisted: FailureMode
}

/** The policies of a tier. Checked. */
export interface QuotaPlan {
  readonly name: string
  readonly policies: readonly QuotaPolicy[]
  readonly unlisted: FailureMode
}
