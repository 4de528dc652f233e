import { MAX_CHANGE_MOVES, MAX_CHANGE_NAMES, type PriceChange } from '../../model/feed/price-change.ts'
import type { ModelMatch } from '../../model/names/model-match.ts'
import type { Price } from '../../model/price.ts'
import { sha256 } from '../../model/sha256.ts'
import { bySize, type NameMove } from './price-moves.ts'

/** A model of either of two lists, with its prices in each. */
export interface FeedModel {
  readonly provider: string
  readonly model: string
  readonly current: readonly Price[]
  readonly next: readonly Price[]
  /** Whether the prices differ. */
  readonly changes: boolean
  /** Hash of the model's prices in the next list; see `PriceChange`. */
  readonly changeId: string
}

/** Identifies a model in a list. */
export function modelKey({ provider, model }: Pick<Price, 'provider' | 'model'>): string {
  return `${provider}\n${model}`
}

/** Returns the models of both lists, by `modelKey`. */
export function feedModels(current: readonly Price[], next: readonly Price[]): ReadonlyMap<string, FeedModel> {
  const [before, after] = [Map.groupBy(current, modelKey), Map.groupBy(next, modelKey)]
  return new Map(
    [...new Set([...after.keys(), ...before.keys()])].map(key => {
      const [old, coming] = [before.get(key) ?? [], after.get(key) ?? []]
      const [{ provider, model }] = [...coming, ...old] as [Price, ...Price[]]
      const changes = old.length !== coming.length || old.some(({ id }, at) => id !== coming[at]?.id)
      return [key, { provider, model, current: old, next: coming, changes, changeId: hash([provider, model, ...coming.map(({ id }) => id)]) }]
    }),
  )
}

/** Returns the names that the prices of lists tell: those of the models, and those that rules list. */
export function namesOf(prices: readonly Price[]): readonly { readonly provider: string; readonly name: string }[] {
  const names = prices.flatMap(({ provider, model, match }) => [model.toLowerCase(), ...literals(match)].map(name => ({ provider, name })))
  return [...new Map(names.map(named => [`${named.provider}\n${named.name}`, named])).values()]
}

/** Returns a move if the patterns of a model's names change: which names they select cannot be compared. Names in full can. */
export function ruleMove({ provider, model, current, next }: FeedModel): readonly NameMove[] {
  const [before, after] = [current[0], next[0]]
  if (before === undefined || after === undefined || patterns(before.match) === patterns(after.match)) return []
  const move = { served: '', from: null, rate: 'names', above: null, before: null, after: null }
  return [{ ...move, provider, name: model, priceBefore: before, priceAfter: after }]
}

/** Describes the moves of a model that waits for an operator. */
export function toChange({ provider, model, changeId }: FeedModel, moves: readonly NameMove[]): PriceChange {
  const shown = moves.map(({ served, from, rate, above, before, after }) => ({ served, from, rate, above, before, after }))
  const unique = [...new Map(shown.map(move => [JSON.stringify(move), move])).values()]
  return {
    id: changeId,
    provider,
    model,
    names: [...new Set(moves.map(({ name }) => name))].slice(0, MAX_CHANGE_NAMES),
    moves: unique.toSorted(bySize).slice(0, MAX_CHANGE_MOVES),
  }
}

function literals(match: ModelMatch): readonly string[] {
  if ('equals' in match) return [match.equals.toLowerCase()]
  return 'or' in match ? match.or.flatMap(literals) : []
}

function patterns(match: ModelMatch): string {
  const clauses = 'or' in match ? match.or : [match]
  return JSON.stringify(clauses.filter(clause => !('equals' in clause)))
}

/** 16 hexadecimal digits, so that people can copy them. */
function hash(parts: readonly string[]): string {
  return sha256(parts.join('\n')).slice(0, 16)
}
