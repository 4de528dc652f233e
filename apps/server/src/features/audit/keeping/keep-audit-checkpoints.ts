import type { Audit, CheckpointPlace } from '@tollgate/audit'
import type { Logger } from 'pino'

/** What keeping checkpoints needs. */
export interface KeepingOptions {
  readonly audit: Pick<Audit, 'keepCheckpoints' | 'verifierKeys'>
  /** Whether there is a key to sign with. */
  readonly canSign: boolean
  readonly places: readonly CheckpointPlace[]
  readonly logger: Pick<Logger, 'error' | 'info'> | undefined
}

/** Returns what signs the audit logs that have grown and keeps their checkpoints outside the database. Does nothing without a key. */
export function keepAuditCheckpoints({ audit, canSign, places, logger }: KeepingOptions): (signal: AbortSignal) => Promise<void> {
  return async signal => {
    if (!canSign) return
    const { kept } = await audit.keepCheckpoints({
      places,
      signal,
      onBroken: (tenantId, error) => logger?.error({ err: error, tenantId, sequence: error.sequence }, 'An audit log is not intact. It was not signed.'),
    })
    if (kept > 0) logger?.info({ logs: kept }, 'Checkpoints of audit logs were signed and kept.')
  }
}
