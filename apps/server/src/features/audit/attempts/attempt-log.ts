import type { AuditActor } from '@tollgate/audit'

/** An operation that failed or was refused. */
export interface Attempt {
  /** Tenant of the log. Null for the log of the installation. */
  readonly tenantId: string | null
  readonly actor: AuditActor
  readonly family: string
  readonly action: string
  readonly result: 'failure' | 'denied'
  /** Code of the error: "FORBIDDEN". */
  readonly code: string
  readonly errorMessage: string
  readonly requestId: string | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/** Records attempts in audit logs, in bounded memory and with a bounded number of events per minute. */
export interface AttemptLog {
  /**
   * Records the first attempt of a kind in a minute with all its details, and counts the others. Never throws and never waits:
   * the events are written in the background.
   */
  record(attempt: Attempt): void
}

/** An attempt log that writes in the background. */
export interface BackgroundAttemptLog extends AttemptLog {
  /** Writes what waits, and the counts of the last minute if it has ended. Call it every few seconds. */
  write(): Promise<void>
  /** Writes everything, and the counts of the current minute too. */
  stop(): Promise<void>
}
