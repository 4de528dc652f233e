import { type DimensionSet, dimensionsOf } from '../../dimension.ts'
import type { RatedEvent } from '../../event.ts'
import { dimensionSetId, dimensionSetKey } from './dimension-set-id.ts'

/** A dimension set, and its row's id. */
export interface IdentifiedSet {
  readonly id: string
  readonly set: DimensionSet
}

/** The dimension sets that this process met last. */
export interface KnownDimensionSets {
  /** The set of an event; the same object for the same set, as long as it is remembered. */
  identify(event: RatedEvent): IdentifiedSet
  /** Those that may lack a row yet. */
  unrecorded(sets: Iterable<IdentifiedSet>): IdentifiedSet[]
  /** To be called after the commit that inserted their rows, never before: a rollback would leave events without a set. */
  markRecorded(sets: readonly IdentifiedSet[]): void
}

interface Entry extends IdentifiedSet {
  recorded: boolean
}

/** Remembers at most `capacity` sets, and forgets those that were not met for the longest time. */
export function knownDimensionSets(capacity: number): KnownDimensionSets {
  // Two generations instead of a list in order of use: cheaper by far for sets that come again and again.
  let young = new Map<string, Entry>()
  let old = new Map<string, Entry>()

  function remember(key: string, entry: Entry): Entry {
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
      return young.get(key) ?? remember(key, old.get(key) ?? { id: dimensionSetId(set), set, recorded: false })
    },
    unrecorded: sets => [...sets].filter(set => !(set as Entry).recorded),
    markRecorded(sets) {
      for (const set of sets) (set as Entry).recorded = true
    },
  }
}
