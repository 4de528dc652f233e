import type { CostCorrection } from '../model/cost-correction.ts'
import type { RatedEvent, Rating } from '../model/event.ts'

/** Corrections in memory, shared by a usage store and a re-rating store. */
export interface MemoryCorrections {
  /** Returns all corrections of an event, oldest first. */
  of(eventId: string): readonly CostCorrection[]
  add(correction: CostCorrection): void
  all(): readonly CostCorrection[]
}

/** Returns an empty list of corrections. */
export function memoryCorrections(): MemoryCorrections {
  const byEvent = new Map<string, CostCorrection[]>()
  return {
    of: eventId => byEvent.get(eventId) ?? [],
    add(correction) {
      const earlier = byEvent.get(correction.eventId) ?? []
      if (correction.version !== earlier.length + 1)
        throw new Error(`Event ${correction.eventId} has ${earlier.length} corrections, so its next version cannot be ${correction.version}.`)
      byEvent.set(correction.eventId, [...earlier, correction])
    },
    all: () => [...byEvent.values()].flat(),
  }
}

/** Returns the rating of the last correction, or else the one that was recorded. */
export function effectiveRating(event: Pick<RatedEvent, 'id' | 'rating'>, corrections: MemoryCorrections): Rating {
  return corrections.of(event.id).at(-1)?.to ?? event.rating
}
