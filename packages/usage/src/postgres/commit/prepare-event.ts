import { toEpochMicroseconds } from '@tollgate/postgres'
import { RARE_TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import { latencyBin } from '../../engine/latency-sketch.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { OtherTokens, PreparedEvent } from '../schema/event-columns.ts'
import type { DimensionSetCache } from './dimension-set-cache.ts'

/** Looks up the dimension set of an event, and computes the values that several statements need. */
export function prepareEvent(event: RatedEvent, setCache: DimensionSetCache): PreparedEvent {
  return {
    event,
    dimensionSet: setCache.identify(event),
    occurredAt: toEpochMicroseconds(event.occurredAt),
    latencyBin: event.latencyMs === null ? null : latencyBin(event.latencyMs),
    otherTokens: event.tokens && otherTokensOf(event.tokens),
  }
}

function otherTokensOf(tokens: TokenUsage): OtherTokens | null {
  let others: { -readonly [Pool in keyof OtherTokens]: OtherTokens[Pool] } | null = null
  for (const pool of RARE_TOKEN_POOLS) {
    const count = tokens[pool]
    if (count !== undefined) (others ??= {})[pool] = count
  }
  return others
}
