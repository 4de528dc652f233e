import type { Period } from '@tollgate/kernel'
import type { AuditFilter, AuditSelection } from './audit-query.ts'

/** Which events an export has. Defaults to all. */
export interface ExportSelection {
  /** Only events that occurred in this period. */
  readonly range?: Period | undefined
  readonly select?: AuditSelection | undefined
  readonly filter?: AuditFilter | undefined
  /** Whether personal data is readable, or encrypted as it is stored. An export with readable data outlives an erasure. Defaults to encrypted. */
  readonly personalData?: 'encrypted' | 'readable' | undefined
}
