import { toEpochMicroseconds } from '@tollgate/postgres'
import type { RatedEvent } from '../../event.ts'
import { latencyBin } from '../../latency-sketch.ts'
import type { IdentifiedSet, KnownDimensionSets } from './known-dimension-sets.ts'

/** An event with what more than one statement needs of it, computed once. */
export interface PlacedEvent {
  readonly event: RatedEvent
  readonly dimensionSet: IdentifiedSet
  /** Microseconds since 1970. */
  readonly occurredAt: number
  readonly latencyBin: number | null
}

/** Looks up an event's dimension set, and computes the rest. */
export function placeEvent(event: RatedEvent, knownSets: KnownDimensionSets): PlacedEvent {
  return {
    event,
    dimensionSet: knownSets.identify(event),
    occurredAt: toEpochMicroseconds(event.occurredAt),
    latencyBin: event.latencyMs === null ? null : latencyBin(event.latencyMs),
  }
}
