import type { Page, PageRequest, Transaction } from '@tollgate/kernel'
import type { RangeInput } from '@tollgate/kernel/input'
import type { ArchiveRequest } from './archive-month.ts'
import type { LogArchive } from './model/log-archive.ts'
import type { ErasedSubject, EraseRequest } from './erase-subject.ts'
import type { ExportRequest } from './export-events.ts'
import type { KeepRequest, KeptCheckpoints } from './keep-checkpoints.ts'
import type { CheckpointsQuery } from './list-checkpoints.ts'
import type { RecentEventsQuery } from './list-events.ts'
import type { AuditEvent, AuditEventDraft } from './model/audit-event.ts'
import type { AuditReport } from './model/audit-query.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import type { AuditEntryDraft } from './model/define-audit-family.ts'
import type { RecordedAuditEvent } from './model/recorded-audit-event.ts'
import type { SamplingRule } from './model/sampling-rule.ts'
import type { AuditVerification } from './model/verification.ts'
import type { VerifyRequest } from './verify-audit-log.ts'

/** Audit logs: one for each tenant, and one of the installation, which every method takes as the tenant null. */
export interface Audit {
  /**
   * Records 1 to 1,000 events in one log. Resolves when they are durable, with one result per event, in order. Throws
   * `InvalidInput` for a batch of another size and `AuditOverloaded` if too many events wait; then nothing is recorded.
   */
  recordEvents(request: { tenantId: string | null; events: readonly AuditEventDraft[] }): Promise<readonly RecordedAuditEvent[]>
  /** Records events in a transaction of the caller, so that they are recorded if and only if it commits. Throws `InvalidInput` if one is invalid. */
  recordIn(transaction: Transaction, drafts: readonly AuditEntryDraft[]): Promise<readonly RecordedAuditEvent[]>

  /** Returns the events of the last days, newest first. Defaults to 7 days. */
  trail(query: RecentEventsQuery): Promise<Page<AuditEvent>>
  /** Returns the events with the result `failure`. Defaults to 30 days. */
  failedOperations(query: RecentEventsQuery): Promise<Page<AuditEvent>>
  /** Returns the events of the family `security` and all with the result `denied`. Defaults to 90 days. */
  securityEvents(query: RecentEventsQuery): Promise<Page<AuditEvent>>
  eventsBySequence(tenantId: string | null, sequences: readonly number[]): Promise<readonly AuditEvent[]>
  /** Sums the counts of the events of a period by type and result. An event that stands for 500 attempts counts 500 times. */
  report(request: { tenantId: string | null; range: RangeInput }): Promise<AuditReport>
  /** Exports events as a stream of parts of a text. */
  export(request: ExportRequest): AsyncGenerator<string, void, undefined>

  /** Verifies the entries since the last checkpoint, and signs the end of the log. Keep the note outside the database. */
  checkpoint(tenantId: string | null): Promise<StoredCheckpoint>
  checkpoints(tenantId: string | null, page: CheckpointsQuery): Promise<Page<StoredCheckpoint>>
  /** Signs the logs that have grown, and has their checkpoints kept outside the store. */
  keepCheckpoints(request: KeepRequest): Promise<KeptCheckpoints>
  /** Verifies the entries of a month of a tenant's log, and writes them to a file. Undefined if there are none to archive. */
  archiveMonth(request: ArchiveRequest): Promise<LogArchive | undefined>
  /** Verifies a log and names the first broken place. */
  verify(request: VerifyRequest): Promise<AuditVerification>
  /** Returns a proof that an event is in the log, which verifies offline with `verifyProof`. Signs a checkpoint if none includes the event. */
  prove(request: { tenantId: string | null; sequence: number }): Promise<string>
  /** Returns a proof that the log extends an older checkpoint of this size, which verifies offline with `verifyConsistencyProof`. Signs the end of the log. */
  proveConsistency(request: { tenantId: string | null; oldSize: number }): Promise<string>
  /** Returns the keys (vkeys) that verify checkpoints and proofs of a log. */
  verifierKeys(tenantId: string | null): readonly string[]
  /**
   * Erases the personal data of a subject from a log, by destroying its key. Nobody can read it again, not from a backup,
   * an archive or an earlier export either, unless that was made with readable personal data. The log stays verifiable.
   */
  eraseSubject(request: EraseRequest): Promise<ErasedSubject>
  /** Returns the tenant of the log with this name; null for that of the installation, and undefined for a log of another installation. */
  tenantOf(origin: string): string | null | undefined
  /** Returns the tenants that have a log, by id. */
  tenants(page: PageRequest): Promise<Page<string>>

  /** Returns the rules by which events of a log are counted instead of recorded. Without a tenant, all rules. */
  samplingRules(tenantId?: string | null): readonly SamplingRule[]

  /** Returns the number of events that wait for their append, and the maximum. */
  queue(): { waiting: number; limit: number }
}
