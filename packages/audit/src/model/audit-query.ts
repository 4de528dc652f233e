import type { PageRequest, Period, Temporal } from '@tollgate/kernel'
import type { AuditResult } from './audit-event.ts'

/** Which events to list. Lists are alternatives; fields apply together. */
export interface AuditFilter {
  readonly families?: readonly string[] | undefined
  /** Such as "trial.created". */
  readonly eventTypes?: readonly string[] | undefined
  readonly actorIds?: readonly string[] | undefined
  readonly resourceTypes?: readonly string[] | undefined
  readonly resourceIds?: readonly string[] | undefined
  readonly results?: readonly AuditResult[] | undefined
}

/** Predefined selections, each with an index of its own. */
export type AuditSelection = 'all' | 'failed' | 'security'

/** The position of an event in a list: newest `occurredAt` first, then the greatest sequence. */
export interface AuditPosition {
  readonly occurredAt: Temporal.Instant
  readonly sequence: number
}

/** A page of events, newest first. */
export interface AuditEventsQuery extends PageRequest<AuditPosition> {
  readonly range: Period
  readonly select: AuditSelection
  readonly filter?: AuditFilter | undefined
}

/** How often events of a type with a result occurred. */
export interface AuditCount {
  readonly family: string
  readonly action: string
  readonly result: AuditResult
  readonly count: number
}

/** Counts over a range: of what occurred, which may be more than the number of entries. */
export interface AuditReport {
  readonly totalEvents: number
  readonly successCount: number
  readonly failureCount: number
  readonly deniedCount: number
  /** 0 to 1; null without events. */
  readonly successRate: number | null
  /** Most frequent first. */
  readonly eventsByType: readonly { readonly eventType: string; readonly count: number }[]
}
