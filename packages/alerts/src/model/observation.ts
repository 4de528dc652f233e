import type { Decimal } from '@tollgate/kernel'
import type { AlertDetails } from './alert.ts'

/** What an evaluation measured for one tenant, or for the whole installation. */
export interface Observation {
  /** Null for the whole installation. */
  readonly tenantId: string | null
  readonly value: Decimal
  /** Null for kinds that do not measure calls. */
  readonly calls: number | null
  readonly details: AlertDetails
  /** Replaces the description of the value in the message, when the value alone does not explain the problem. */
  readonly summary?: string
}
