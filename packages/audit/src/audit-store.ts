import type { Page, PageRequest, Period, Temporal, Transaction } from '@tollgate/kernel'
import type { LogExtent } from './engine/walk-log.ts'
import type { AuditEvent, CheckedAuditEvent } from './model/audit-event.ts'
import type { AuditCount, AuditEventsQuery, AuditFilter, AuditSelection } from './model/audit-query.ts'
import type { LogArchive } from './model/log-archive.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import type { AppendedEvent } from './model/recorded-audit-event.ts'

/** Events to append to one log: of a tenant, or of the installation (null). */
export interface AuditAppend {
  readonly tenantId: string | null
  readonly events: readonly CheckedAuditEvent[]
  /** In microseconds. */
  readonly now: Temporal.Instant
}

/** The position of an entry in its log. */
export interface EntryPosition {
  readonly sequence: number
  readonly recordedAt: Temporal.Instant
}

/** Entries of a log, in their order. */
export interface EntriesQuery extends PageRequest<EntryPosition> {
  /** Only entries up to this sequence. */
  readonly upTo?: number | undefined
  /** Only events that occurred in this period. */
  readonly range?: Period | undefined
  readonly select?: AuditSelection | undefined
  readonly filter?: AuditFilter | undefined
}

/**
 * Stores audit logs: one for each tenant, and one of the installation, which every method takes as null. Entries are only
 * ever added. `describeAuditStore` is the contract of all adapters.
 */
export interface AuditStore {
  /**
   * Appends events to a log in one transaction, each idempotency key once. Resolves after the commit, with one outcome
   * per event, in order. Sequences have no gaps. If a key repeats within the batch, the first event wins.
   */
  append(append: AuditAppend): Promise<readonly AppendedEvent[]>
  /** Appends events in a transaction of the caller, whose scope must include the log. The log is locked until it ends. */
  appendIn(transaction: Transaction, append: AuditAppend): Promise<readonly AppendedEvent[]>
  /** Appends events to several logs, each once, in a transaction of the caller. In the order of tenants, so that two calls cannot deadlock. */
  appendToLogs(transaction: Transaction, appends: readonly AuditAppend[]): Promise<readonly (readonly AppendedEvent[])[]>

  /** Returns where the log ends, from one snapshot. */
  extent(tenantId: string | null): Promise<LogExtent>
  /** Returns entries by sequence. Does not rely on the log to be intact. */
  entries(tenantId: string | null, query: EntriesQuery): Promise<readonly AuditEvent[]>
  /** Returns entries with these sequences, each once, in no particular order. */
  entriesBySequence(tenantId: string | null, sequences: readonly number[]): Promise<readonly AuditEvent[]>
  /** Returns the hashes of up to `first` entries after a sequence, in their order. */
  hashes(tenantId: string | null, query: { readonly after: number; readonly first: number }): Promise<readonly string[]>

  /** Lists events, newest first. */
  events(tenantId: string | null, query: AuditEventsQuery): Promise<Page<AuditEvent>>
  /** Sums the counts of events of a period by type and result. */
  counts(tenantId: string | null, range: Period): Promise<readonly AuditCount[]>

  addCheckpoint(tenantId: string | null, checkpoint: StoredCheckpoint): Promise<void>
  /** Returns checkpoints, smallest first; those of one size in the order of their time. */
  checkpoints(tenantId: string | null, query: PageRequest<Pick<StoredCheckpoint, 'size' | 'createdAt'>>): Promise<Page<StoredCheckpoint>>
  /** Returns the last checkpoint, in the same order; of those up to a size, if one is given. */
  lastCheckpoint(tenantId: string | null, upTo?: number): Promise<StoredCheckpoint | undefined>

  /** Returns the archives of a log of a tenant, in their order. */
  archives(tenantId: string | null): Promise<readonly LogArchive[]>
  /** Remembers an archive and its checkpoint. */
  addArchive(tenantId: string, archive: LogArchive): Promise<void>
  /** Returns the sequence of the last entry that was recorded in a month (its first day) or before; 0 without any. */
  lastSequenceOf(tenantId: string, month: string): Promise<number>

  /** Returns the logs that are larger than what one of these places keeps: first that of the installation (null), then tenants by id. */
  logsToKeep(query: LogsToKeepQuery): Promise<Page<string | null>>
  /** Returns the size of the last checkpoint of a log that each place keeps. */
  keptSizes(tenantId: string | null): Promise<ReadonlyMap<string, number>>
  /** Remembers that a place keeps a checkpoint. */
  markKept(tenantId: string | null, kept: { readonly place: string; readonly size: number; readonly at: Temporal.Instant }): Promise<void>

  /**
   * Destroys the key of a subject, so that nobody can read its personal data again, and appends an event that says so, in
   * one transaction. Returns the number of keys, and the outcome of the event.
   */
  eraseSubject(erasure: SubjectErasure): Promise<{ readonly keys: number; readonly appended: AppendedEvent }>

  /** Returns the tenants that have a log, by id. */
  tenants(query: PageRequest): Promise<Page<string>>
}

/** A subject to erase in one log. */
export interface SubjectErasure {
  readonly tenantId: string | null
  readonly subjectId: string
  /** Says that the subject was erased. */
  readonly event: CheckedAuditEvent
  /** In microseconds. */
  readonly now: Temporal.Instant
}

/** Which logs have a checkpoint to keep. */
export interface LogsToKeepQuery {
  /** Names of the places outside the store. */
  readonly places: readonly string[]
  readonly first: number
  /** The last log of the page before. Null: the log of the installation. */
  readonly after?: string | null | undefined
}
