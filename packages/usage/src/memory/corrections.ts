import type { RatedEvent, Rating } from '../event.ts'
import type { CostCorrection } from '../rerating/cost-correction.ts'

/** Corrections that a usage store and a re-rating store in this process share. */
export interface MemoryCorrections {
  /** Every correction of an event, oldest first. */
  of(eventId: string): readonly CostCorrection[]
  add(correction: CostCorrection): void
  all(): readonly CostCorrection[]
}

/** Starts with none. */
export function memoryCorrections(): MemoryCorrections {
  const byEvent = new Map<string, CostCorrection[]>()
  return {
    of: eventId => byEvent.get(eventId) ?? [],
    add(correction) {
      const earlier = byEvent.get(correction.eventId) ?? []
      if (correction.version !== earlier.length + 1)
        throw new Error(`Event ${correction.eventId} has ${earlier.length} corrections; ${correction.version} cannot be the next.`)
      byEvent.set(correction.eventId, [...earlier, correction])
    },
    all: () => [...byEvent.values()].flat(),
  }
}

/** What an event is taken to cost: by its last correction, or as it was recorded. */
export function effectiveRating(event: Pick<RatedEvent, 'id' | 'rating'>, corrections: MemoryCorrections): Rating {
  return corrections.of(event.id).at(-1)?.to ?? event.rating
}
