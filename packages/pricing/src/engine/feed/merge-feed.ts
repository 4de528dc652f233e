import type { PriceChange } from '../../model/feed/price-change.ts'
import type { Price } from '../../model/price.ts'
import { createPriceCatalog } from '../catalog/price-catalog.ts'
import { type FeedModel, feedModels, modelKey, namesOf, ruleMove, toChange } from './feed-models.ts'
import { movesOfName, type NameMove } from './price-moves.ts'

/** Lists to merge. Order matters, as in `bundledPrices`. */
export interface FeedToMerge {
  /** The active list prices. */
  readonly current: readonly Price[]
  /** Those of the accepted list. */
  readonly next: readonly Price[]
  /** The last decision on each change, by its id. */
  readonly decisions: ReadonlyMap<string, boolean>
}

/** What applies of a list. */
export interface MergedFeed {
  /** The list prices to activate. */
  readonly prices: readonly Price[]
  /** Changes that were neither approved nor refused. */
  readonly pending: readonly PriceChange[]
}

/**
 * Returns the prices of a list, except that models whose rates move too far keep their current prices unless that was approved. What
 * a call costs moves by at most 30 %, and no call loses its price, except by an approved change.
 */
export function mergeFeed({ current, next, decisions }: FeedToMerge): MergedFeed {
  const models = feedModels(current, next)
  const changed = new Map([...models].filter(([, { changes }]) => changes))
  const isApproved = (key: string) => decisions.get(changed.get(key)?.changeId ?? '') === true
  const allApproved = [...changed.keys()].every(isApproved)
  const names = namesOf([...current, ...next])
  const before = createPriceCatalog(current)
  const held = new Map<string, NameMove[]>()

  for (;;) {
    const prices = withCurrent(next, models, held)
    const after = createPriceCatalog(prices)
    const rules = [...changed].flatMap(([key, model]) => (held.has(key) ? [] : ruleMove(model)))
    const moves = [...rules, ...names.flatMap(({ provider, name }) => movesOfName({ before, after }, provider, name))]
    const unapproved = moves.filter(move => {
      const causes = causesOf(move).filter(key => changed.has(key) && !held.has(key))
      return causes.length === 0 ? !allApproved : !causes.some(isApproved)
    })
    if (unapproved.length === 0) return { prices, pending: toChanges(held) }
    const found = holdMore(unapproved)
    // Only the order of the list makes the difference: none of it applies.
    if (!found) return { prices: current, pending: toChanges(new Map([...changed.keys()].map(key => [key, held.get(key) ?? []]))) }
  }

  /** Holds the model that each move comes from. Returns whether there was any. */
  function holdMore(moves: readonly NameMove[]): boolean {
    const known = held.size
    const more = new Map<string, NameMove[]>()
    for (const move of moves) {
      const cause = causesOf(move).find(key => changed.has(key) && !held.has(key))
      if (cause !== undefined) more.set(cause, [...(more.get(cause) ?? []), move])
    }
    for (const [key, ofModel] of more) held.set(key, ofModel)
    return held.size > known
  }

  function toChanges(heldModels: ReadonlyMap<string, readonly NameMove[]>): readonly PriceChange[] {
    return [...models].flatMap(([key, model]) => {
      const moves = heldModels.get(key)
      return moves && decisions.get(model.changeId) === undefined ? [toChange(model, moves)] : []
    })
  }
}

/** The models that a move can come from, the likelier one first: that whose price a call has now, then that whose price it had. */
function causesOf({ priceBefore, priceAfter }: NameMove): readonly string[] {
  return [...(priceAfter ? [modelKey(priceAfter)] : []), modelKey(priceBefore)]
}

/** Returns a list with the current prices of the models that are held: in the place of their new ones, or at the end. */
function withCurrent(next: readonly Price[], models: ReadonlyMap<string, FeedModel>, held: ReadonlyMap<string, unknown>): readonly Price[] {
  const placed = new Set<string>()
  const merged = next.flatMap(price => {
    const key = modelKey(price)
    if (!held.has(key)) return [price]
    if (placed.has(key)) return []
    placed.add(key)
    return models.get(key)?.current ?? []
  })
  const removed = [...models].flatMap(([key, { current }]) => (held.has(key) && !placed.has(key) ? current : []))
  return [...merged, ...removed]
}
