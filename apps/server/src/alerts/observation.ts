import type { Decimal } from '@tollgate/kernel'
import type { AlertDetails } from './alert.ts'

/** What an evaluation saw of one tenant, or of the whole installation. */
export interface Observation {
  /** Null is the whole installation. */
  readonly tenantId: string | null
  readonly value: Decimal
  /** Null where the kind does not look at calls. */
  readonly calls: number | null
  readonly details: AlertDetails
  /** What is to be said of it, where the value does not say it: "the verification of rollups did not complete". */
  readonly summary?: string
}
