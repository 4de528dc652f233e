import { toEpochMicroseconds } from '@tollgate/postgres'
import { latencyBin } from '../../engine/latency-sketch.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { PreparedEvent } from '../schema/event-columns.ts'
import type { DimensionSetCache } from './dimension-set-cache.ts'

/** Looks up the dimension set of an event, and computes the values that several statements need. */
export function prepareEvent(event: RatedEvent, setCache: DimensionSetCache): PreparedEvent {
  return {
    event,
    dimensionSet: setCache.identify(event),
    occurredAt: toEpochMicroseconds(event.occurredAt),
    latencyBin: event.latencyMs === null ? null : latencyBin(event.latencyMs),
  }
}
