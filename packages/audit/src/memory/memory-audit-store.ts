import { Temporal, periodIncludes, toPage } from '@tollgate/kernel'
import type { AuditAppend, AuditStore } from '../audit-store.ts'
import { appendEntries } from '../engine/append-entries.ts'
import { classifyDuplicate } from '../engine/classify-duplicate.ts'
import { type AuditEvent, type CheckedAuditEvent, eventType } from '../model/audit-event.ts'
import type { AuditCount, AuditFilter, AuditPosition, AuditSelection } from '../model/audit-query.ts'
import type { LogArchive } from '../model/log-archive.ts'
import type { StoredCheckpoint } from '../model/checkpoint.ts'
import { EMPTY_HEAD, type LogHead } from '../model/log-head.ts'
import type { AppendedEvent } from '../model/recorded-audit-event.ts'

/** One log in memory. Tests change it to see what verification finds. */
export interface MemoryAuditLog {
  head: LogHead
  entries: AuditEvent[]
  readonly keys: Map<string, { readonly event: CheckedAuditEvent; readonly sequence: number }>
  checkpoints: StoredCheckpoint[]
  archives: LogArchive[]
  /** Size of the last checkpoint that each place outside the store keeps. */
  readonly kept: Map<string, number>
}

/** All logs of a memory store, by tenant. */
export type MemoryAuditLogs = Map<string | null, MemoryAuditLog>

/** Creates logs for a memory store. */
export function memoryAuditLogs(): MemoryAuditLogs {
  return new Map()
}

/** Stores audit logs in memory, for tests and first steps. Transactions of callers are not rolled back. */
export function memoryAuditStore({ logs = memoryAuditLogs() }: { logs?: MemoryAuditLogs } = {}): AuditStore {
  const logOf = (tenantId: string | null): MemoryAuditLog =>
    logs.get(tenantId) ?? { head: EMPTY_HEAD, entries: [], keys: new Map(), checkpoints: [], archives: [], kept: new Map() }
  const append = async ({ tenantId, events, now }: AuditAppend): Promise<AppendedEvent[]> => {
    const log = logOf(tenantId)
    logs.set(tenantId, log)
    const firsts = new Map<string, CheckedAuditEvent>()
    for (const event of events) if (!log.keys.has(event.idempotencyKey) && !firsts.has(event.idempotencyKey)) firsts.set(event.idempotencyKey, event)
    const { entries, head } = appendEntries(log.head, [...firsts.values()], { tenantId, now })
    log.entries.push(...entries)
    log.head = head
    for (const { idempotencyKey, sequence } of entries) {
      const event = firsts.get(idempotencyKey)
      if (event !== undefined) log.keys.set(idempotencyKey, { event, sequence })
    }
    return events.map(event => {
      const owner = log.keys.get(event.idempotencyKey)
      if (owner === undefined) throw new Error(`No entry has the key ${event.idempotencyKey}`)
      const isFirst = firsts.get(event.idempotencyKey) === event
      return { outcome: isFirst ? 'accepted' : classifyDuplicate(owner.event, event), sequence: owner.sequence }
    })
  }
  return {
    append,
    appendIn: (_transaction, request) => append(request),
    appendToLogs: async (_transaction, appends) => Promise.all(appends.map(append)),

    async extent(tenantId) {
      const { head, entries } = logOf(tenantId)
      return { head, lastSequence: Math.max(0, ...entries.slice(-1_000).map(({ sequence }) => sequence)) }
    },
    async entries(tenantId, { first, after, upTo = Infinity, range, select = 'all', filter = {} }) {
      const { entries } = logOf(tenantId)
      const from = after === undefined ? 0 : entries.findIndex(entry => compareEntries(entry, after) > 0)
      if (from < 0) return []
      const isWanted = (entry: AuditEvent) =>
        entry.sequence <= upTo && (range === undefined || periodIncludes(range, entry.occurredAt)) && isSelected(entry, select) && matchesFilter(entry, filter)
      const found: AuditEvent[] = []
      for (let i = from; i < entries.length && found.length < first; i++) {
        const entry = entries[i]
        if (entry !== undefined && isWanted(entry)) found.push(entry)
      }
      return found
    },
    async entriesBySequence(tenantId, sequences) {
      return logOf(tenantId).entries.filter(({ sequence }) => sequences.includes(sequence))
    },
    async hashes(tenantId, { after, first }) {
      const { entries } = logOf(tenantId)
      return entries
        .filter(({ sequence }) => sequence > after)
        .slice(0, first)
        .map(({ hash }) => hash)
    },

    async events(tenantId, { range, select, filter = {}, first, after }) {
      const found = logOf(tenantId)
        .entries.filter(event => periodIncludes(range, event.occurredAt) && isSelected(event, select) && matchesFilter(event, filter))
        .filter(event => after === undefined || newestFirst(after, event) < 0)
        .sort(newestFirst)
      return toPage(found, first)
    },
    async counts(tenantId, range) {
      const counts = new Map<string, AuditCount>()
      for (const { family, action, result, count, occurredAt } of logOf(tenantId).entries) {
        if (!periodIncludes(range, occurredAt)) continue
        const key = `${family}.${action}.${result}`
        counts.set(key, { family, action, result, count: (counts.get(key)?.count ?? 0) + count })
      }
      return [...counts.values()]
    },

    async addCheckpoint(tenantId, checkpoint) {
      const log = logOf(tenantId)
      logs.set(tenantId, log)
      log.checkpoints = [...log.checkpoints, checkpoint].sort(compareCheckpoints)
    },
    async checkpoints(tenantId, { first, after }) {
      return toPage(
        logOf(tenantId).checkpoints.filter(checkpoint => after === undefined || compareCheckpoints(checkpoint, after) > 0),
        first,
      )
    },
    lastCheckpoint: async (tenantId, upTo = Infinity) => logOf(tenantId).checkpoints.findLast(({ size }) => size <= upTo),

    archives: async tenantId => logOf(tenantId).archives,
    async addArchive(tenantId, archive) {
      const log = logOf(tenantId)
      const { lastSequence: size, note, frontier, lastHash, archivedAt: createdAt } = archive
      log.archives = [...log.archives, archive]
      log.checkpoints = [...log.checkpoints, { size, note, frontier, lastHash, createdAt }].sort(compareCheckpoints)
    },
    async lastSequenceOf(tenantId, month) {
      const end = Temporal.PlainDate.from(month).add({ months: 1 }).toZonedDateTime('UTC').toInstant()
      return logOf(tenantId).entries.findLast(({ recordedAt }) => Temporal.Instant.compare(recordedAt, end) < 0)?.sequence ?? 0
    },

    async logsToKeep({ places, first, after }) {
      const isBefore = (a: string | null, b: string | null) => a !== b && (a === null || (b !== null && a < b))
      const grown = [...logs].filter(([, { head, kept }]) => places.some(place => (kept.get(place) ?? 0) < head.size)).map(([id]) => id)
      return toPage(
        grown.filter(id => after === undefined || isBefore(after, id)).sort((a, b) => (isBefore(a, b) ? -1 : 1)),
        first,
      )
    },
    keptSizes: async tenantId => new Map(logOf(tenantId).kept),
    async markKept(tenantId, { place, size }) {
      const { kept } = logOf(tenantId)
      kept.set(place, Math.max(size, kept.get(place) ?? 0))
    },

    async eraseSubject({ tenantId, subjectId, event, now }) {
      const log = logOf(tenantId)
      const erased = new Set([...log.keys.values()].filter(one => one.event.subjectId === subjectId).map(({ sequence }) => sequence))
      const isReadable = log.entries.some(({ sequence, personal }) => erased.has(sequence) && personal !== null)
      log.entries = log.entries.map(entry => (erased.has(entry.sequence) ? { ...entry, personal: null, personalSalt: null } : entry))
      for (const [key, one] of log.keys) if (erased.has(one.sequence)) log.keys.set(key, { ...one, event: { ...one.event, personalSalt: null } })
      const [appended] = await append({ tenantId, events: [event], now })
      if (appended === undefined) throw new Error('The append has no outcome')
      return { keys: isReadable ? 1 : 0, appended }
    },

    async tenants({ first, after }) {
      const ids = [...logs.keys()].filter(id => id !== null).filter(id => after === undefined || id > after)
      return toPage(ids.sort(), first)
    },
  }
}

function compareEntries(a: Pick<AuditEvent, 'sequence' | 'recordedAt'>, b: Pick<AuditEvent, 'sequence' | 'recordedAt'>): number {
  return a.sequence - b.sequence || Temporal.Instant.compare(a.recordedAt, b.recordedAt)
}

function compareCheckpoints(a: Pick<StoredCheckpoint, 'size' | 'createdAt'>, b: Pick<StoredCheckpoint, 'size' | 'createdAt'>): number {
  return a.size - b.size || Temporal.Instant.compare(a.createdAt, b.createdAt)
}

function newestFirst(a: AuditPosition, b: AuditPosition): number {
  return Temporal.Instant.compare(b.occurredAt, a.occurredAt) || b.sequence - a.sequence
}

function isSelected({ family, result }: AuditEvent, select: AuditSelection): boolean {
  return select === 'all' || (select === 'failed' ? result === 'failure' : result === 'denied' || family === 'security')
}

function matchesFilter(event: AuditEvent, { families, eventTypes, actorIds, resourceTypes, resourceIds, results }: AuditFilter): boolean {
  const isOneOf = (values: readonly string[] | undefined, value: string | null | undefined) =>
    values === undefined || (value !== null && value !== undefined && values.includes(value))
  return (
    isOneOf(families, event.family) &&
    isOneOf(eventTypes, eventType(event)) &&
    isOneOf(actorIds, event.actor.id) &&
    isOneOf(resourceTypes, event.resource?.type) &&
    isOneOf(resourceIds, event.resource?.id) &&
    isOneOf(results, event.result)
  )
}
