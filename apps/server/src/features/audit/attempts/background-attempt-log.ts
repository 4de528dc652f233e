import { type Audit, type AuditEventDraft, AuditOverloaded, AuditStoreUnavailable, MAX_BATCH_AUDIT_EVENTS } from '@tollgate/audit'
import type { Clock, IdSource } from '@tollgate/kernel'
import type { Logger } from 'pino'
import { firstAttemptEvent, tallyEvent } from './attempt-events.ts'
import { MAX_WAITING_ATTEMPTS } from './attempt-limits.ts'
import type { Attempt, BackgroundAttemptLog } from './attempt-log.ts'
import { type AttemptTally, countAttempts } from './count-attempts.ts'

/** What an attempt log needs. */
export interface AttemptLogDependencies {
  readonly audit: Pick<Audit, 'recordEvents'>
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger?: Logger | undefined
}

const MINUTE_MS = 60_000

/** Records attempts in the background, one transaction at a time. While the database is down, it only counts once too many events wait. */
export function backgroundAttemptLog({ audit, clock, ids, logger }: AttemptLogDependencies): BackgroundAttemptLog {
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  const waiting = new Map<string | null, AuditEventDraft[]>()
  let waitingEvents = 0
  let counts = countAttempts()
  let minute = Math.floor(nowMs() / MINUTE_MS)
  let isScheduled = false
  let writing: Promise<void> | undefined

  function enqueue(tenantId: string | null, event: AuditEventDraft): void {
    const ofLog = waiting.get(tenantId) ?? []
    waiting.set(tenantId, ofLog)
    // With a key, so that an event whose response was lost is not recorded twice.
    ofLog.push({ ...event, idempotencyKey: ids.uuidV7(nowMs()) })
    waitingEvents += 1
    if (isScheduled || writing !== undefined) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      void writeWaiting()
    })
  }

  /** Makes events of what was counted. Without room for one, it stays counted. */
  function endMinute(next: number): void {
    minute = next
    const ended = counts.tallies()
    counts = countAttempts()
    for (const tally of ended) {
      if (waitingEvents < MAX_WAITING_ATTEMPTS) enqueue(tally.tenantId, tallyEvent(tally))
      else counts.addRest(tally)
    }
  }

  function endPastMinute(now: number): void {
    const current = Math.floor(now / MINUTE_MS)
    if (current !== minute) endMinute(current)
  }

  /** Writes the events that wait, one log after the other. A log whose events cannot be written does not hold up the others. */
  async function writeAll(): Promise<void> {
    for (const [tenantId, events] of waiting) {
      try {
        while (events.length > 0) await writeBatch(tenantId, events)
        waiting.delete(tenantId)
      } catch (error) {
        logger?.warn({ err: error, tenantId, events: events.length }, 'Audit events of attempts could not be written yet.')
        if (error instanceof AuditStoreUnavailable || error instanceof AuditOverloaded) return
      }
    }
  }

  async function writeBatch(tenantId: string | null, events: AuditEventDraft[]): Promise<void> {
    const batch = events.slice(0, MAX_BATCH_AUDIT_EVENTS)
    const results = await audit.recordEvents({ tenantId, events: batch })
    events.splice(0, batch.length)
    waitingEvents -= batch.length
    const reasons = results.flatMap(({ outcome, reason }) => (outcome === 'rejected' ? [reason] : []))
    if (reasons.length > 0) logger?.error({ tenantId, events: reasons.length, reason: reasons[0] }, 'Audit events of attempts are invalid, and are lost.')
  }

  function writeWaiting(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
    return writing
  }

  return {
    record(attempt) {
      try {
        const now = nowMs()
        endPastMinute(now)
        if (waitingEvents >= MAX_WAITING_ATTEMPTS) return counts.addRest(restOf(attempt, now))
        const first = counts.add(attempt, now)
        if (first !== undefined) enqueue(first.tenantId, firstAttemptEvent(first, now))
      } catch (error) {
        logger?.error({ err: error }, 'An attempt could not be recorded in the audit log.')
      }
    },
    async write() {
      endPastMinute(nowMs())
      await writeWaiting()
    },
    async stop() {
      // Twice, because what had no room becomes events when the others are written.
      for (let i = 0; i < 2; i++) {
        endMinute(minute)
        await writing
        await writeWaiting()
      }
      if (waitingEvents > 0) logger?.error({ events: waitingEvents }, 'Audit events of attempts are lost, because they could not be written.')
    },
  }
}

function restOf({ tenantId, result }: Attempt, nowMs: number): AttemptTally {
  return { tenantId, result, count: 1, firstMs: nowMs, lastMs: nowMs }
}
