import { type Encryption, OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import {
  asDatabaseBusy,
  isDatabaseUnavailable,
  type PostgresDatabase,
  postgresTransaction,
  retryOnConflict,
  type Statement,
  unencrypted,
} from '@tollgate/postgres'
import { randomBytes } from 'node:crypto'
import type { AuditStore } from '../audit-store.ts'
import { personalVault } from '../engine/personal-vault.ts'
import type { AuditResult } from '../model/audit-event.ts'
import { AuditOverloaded, AuditStoreUnavailable } from '../model/errors.ts'
import { EMPTY_HEAD } from '../model/log-head.ts'
import { appendEvents, type HeadRow, toHead } from './append-events.ts'
import { appendToLogs } from './append-to-logs.ts'
import { type CheckpointRow, checkpointsStatement, insertCheckpointStatement, lastCheckpointStatement, toCheckpoint } from './checkpoint-rows.ts'
import { type ArchiveRow, archivesStatement, insertArchiveStatement, lastSequenceStatement, toArchive } from './archive-rows.ts'
import { type EventRow, toEvent } from './event-columns.ts'
import { installationToKeepStatement, keptSizesStatement, markKeptStatement, tenantsToKeepStatement } from './kept-rows.ts'
import { locateLog } from './log-tables.ts'
import { partitionedMonths } from './partitions.ts'
import { ERASE_SUBJECT_KEYS } from './subject-keys.ts'
import { countsStatement, entriesBySequenceStatement, entriesStatement, eventsStatement, hashesStatement } from './read-events.ts'

const RETRY_AFTER_MS = 1_000

// One snapshot: an append changes both together. Relies on the primary keys.
const EXTENT = `
  select (select max(sequence) from {events} where tenant_id = $1) as last_sequence,
    size, encode(last_hash, 'hex') as last_hash, encode(frontier, 'hex') as frontier, last_recorded_at
  from (values (1)) as one left join {heads} on tenant_id = $1`
const TENANTS = `select tenant_id from audit.heads where $1::text is null or tenant_id > $1 order by tenant_id limit $2`

/** Where audit logs are stored. */
export interface PostgresAuditStoreOptions {
  /** For appends, which must not wait for what requests read. */
  readonly database: PostgresDatabase
  /** For everything else. Defaults to `database`. */
  readonly reads?: PostgresDatabase
  /** Encrypts the keys of the subjects of personal data. Defaults to keys that are stored as they are. */
  readonly encryption?: Encryption
}

/** Stores audit logs in PostgreSQL. */
export function postgresAuditStore({ database, reads = database, encryption = unencrypted }: PostgresAuditStoreOptions): AuditStore {
  const vault = personalVault({ encryption, randomBytes })
  const tools = { months: partitionedMonths(), vault }
  const query = <Row>(tenantId: string | null, { text, values }: Statement) => reads.query<Row>(locateLog(tenantId).scope, text, values)
  const events = async (tenantId: string | null, statement: Statement) => (await query<EventRow>(tenantId, statement)).map(row => toEvent(row, tenantId, vault))
  return {
    append: request =>
      retryOnConflict(() => database.transaction(locateLog(request.tenantId).scope, transaction => appendEvents(transaction, request, tools))).catch(
        appendFailed,
      ),
    appendIn: (transaction, request) => appendEvents(postgresTransaction(transaction), request, tools),
    appendToLogs: (transaction, appends) => appendToLogs(postgresTransaction(transaction), appends, tools),

    async extent(tenantId) {
      const { key, statements } = locateLog(tenantId)
      const [row] = await query<HeadRow & { readonly size: string | null; readonly last_sequence: string | null }>(tenantId, {
        text: statements.text(EXTENT),
        values: [key],
      })
      return { head: row === undefined || row.size === null ? EMPTY_HEAD : toHead(row), lastSequence: Number(row?.last_sequence ?? 0) }
    },
    async entries(tenantId, request) {
      const { first, after, upTo, range, select, filter } = request
      // An intact log has a page within these sequences. The planner needs no statistics to see that it is small: without
      // the limit it may sort the rest of the log for each page.
      if ((upTo ?? range ?? select ?? filter) === undefined) {
        const page = await events(tenantId, entriesStatement(tenantId, { ...request, upTo: (after?.sequence ?? 0) + first }))
        if (page.length === first) return page
      }
      return events(tenantId, entriesStatement(tenantId, request))
    },
    entriesBySequence: (tenantId, sequences) => events(tenantId, entriesBySequenceStatement(tenantId, sequences)),
    hashes: async (tenantId, request) => (await query<{ hash: string }>(tenantId, hashesStatement(tenantId, request))).map(({ hash }) => hash),

    events: async (tenantId, request) => toPage(await events(tenantId, eventsStatement(tenantId, request)), request.first),
    async counts(tenantId, range) {
      const rows = await query<{ family: string; action: string; result: AuditResult; count: string }>(tenantId, countsStatement(tenantId, range))
      return rows.map(({ count, ...type }) => ({ ...type, count: Number(count) }))
    },

    async addCheckpoint(tenantId, checkpoint) {
      await query(tenantId, insertCheckpointStatement(tenantId, checkpoint))
    },
    async checkpoints(tenantId, page) {
      const rows = await query<CheckpointRow>(tenantId, checkpointsStatement(tenantId, page))
      return toPage(rows.map(toCheckpoint), page.first)
    },
    async lastCheckpoint(tenantId, upTo) {
      const [row] = await query<CheckpointRow>(tenantId, lastCheckpointStatement(tenantId, upTo))
      return row && toCheckpoint(row)
    },

    async archives(tenantId) {
      // The log of the installation is never archived.
      return tenantId === null ? [] : (await query<ArchiveRow>(tenantId, archivesStatement(tenantId))).map(toArchive)
    },
    async addArchive(tenantId, archive) {
      const { lastSequence: size, note, frontier, lastHash, archivedAt: createdAt } = archive
      await reads.transaction(locateLog(tenantId).scope, async transaction => {
        for (const { text, values } of [
          insertArchiveStatement(tenantId, archive),
          insertCheckpointStatement(tenantId, { size, note, frontier, lastHash, createdAt }),
        ]) {
          await transaction.query(text, values)
        }
      })
    },
    async lastSequenceOf(tenantId, month) {
      const [row] = await query<{ last: string | null }>(tenantId, lastSequenceStatement(tenantId, month))
      return Number(row?.last ?? 0)
    },

    async logsToKeep(request) {
      const find = (tenantId: string | null, statement: Statement) => query<{ tenant_id: string }>(tenantId, statement)
      const installation = request.after === undefined ? await find(null, installationToKeepStatement(request)) : []
      const { text, values } = tenantsToKeepStatement(request)
      const tenants = await reads.query<{ tenant_id: string }>(OPERATOR_SCOPE, text, values)
      return toPage<string | null>([...installation.map(() => null), ...tenants.map(row => row.tenant_id)], request.first)
    },
    async keptSizes(tenantId) {
      const rows = await query<{ place: string; size: string }>(tenantId, keptSizesStatement(tenantId))
      return new Map(rows.map(({ place, size }) => [place, Number(size)]))
    },
    async markKept(tenantId, kept) {
      await query(tenantId, markKeptStatement(tenantId, kept))
    },

    eraseSubject: ({ tenantId, subjectId, event, now }) =>
      retryOnConflict(() =>
        database.transaction(locateLog(tenantId).scope, async transaction => {
          const { key, statements } = locateLog(tenantId)
          // First, because it locks the log: nobody creates a key of the subject in between.
          const [appended] = await appendEvents(transaction, { tenantId, events: [event], now }, tools)
          const erased = await transaction.query(statements.text(ERASE_SUBJECT_KEYS), [key, subjectId, now.toString()])
          if (appended === undefined) throw new Error('The append has no outcome')
          return { keys: erased.length, appended }
        }),
      ).catch(appendFailed),

    async tenants({ first, after }) {
      const rows = await reads.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS, [after ?? null, first + 1])
      return toPage(
        rows.map(row => row.tenant_id),
        first,
      )
    },
  }
}

function appendFailed(error: unknown): never {
  const busy = asDatabaseBusy(error)
  if (busy !== undefined) throw new AuditOverloaded(RETRY_AFTER_MS, { cause: error })
  if (isDatabaseUnavailable(error)) throw new AuditStoreUnavailable({ cause: error })
  throw error
}
