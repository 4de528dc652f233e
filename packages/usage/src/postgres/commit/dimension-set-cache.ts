import { dimensionsOf } from '../../model/dimension.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { IdentifiedSet } from '../schema/dimension-set-columns.ts'
import { dimensionSetId, dimensionSetKey } from '../schema/dimension-set-id.ts'

/** The dimension sets that this process used most recently. */
export interface DimensionSetCache {
  /** Returns the set of an event: the same object for the same set while it is cached. */
  identify(event: RatedEvent): IdentifiedSet
  /** Returns the sets that may not have a row yet. */
  unsaved(sets: Iterable<IdentifiedSet>): IdentifiedSet[]
  /** Call this after the commit that inserted the rows, never before: a rollback would leave events without a set. */
  markSaved(sets: readonly IdentifiedSet[]): void
}

interface Entry extends IdentifiedSet {
  isSaved: boolean
}

/** Caches at most `capacity` sets, and drops those that were not used for the longest time. */
export function createDimensionSetCache(capacity: number): DimensionSetCache {
  // Two generations instead of a list in order of use: far cheaper for sets that are used again and again.
  let young = new Map<string, Entry>()
  let old = new Map<string, Entry>()

  function add(key: string, entry: Entry): Entry {
    if (young.size >= capacity / 2) {
      old = young
      young = new Map()
    }
    young.set(key, entry)
    return entry
  }

  return {
    identify(event) {
      const set = dimensionsOf(event)
      const key = dimensionSetKey(set)
      return young.get(key) ?? add(key, old.get(key) ?? { id: dimensionSetId(set), set, isSaved: false })
    },
    unsaved: sets => [...sets].filter(set => !(set as Entry).isSaved),
    markSaved(sets) {
      for (const set of sets) (set as Entry).isSaved = true
    },
  }
}
