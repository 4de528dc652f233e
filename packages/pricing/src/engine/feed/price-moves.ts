import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { RateMove } from '../../model/feed/price-change.ts'
import { nextInTimeOfDay } from '../../model/next-in-time-of-day.ts'
import type { Price, TimeOfDay } from '../../model/price.ts'
import { type RateDifference, rateDifferences } from '../../model/imports/rate-differences.ts'
import { serviceTierOf } from '../../model/service-tier.ts'
import type { PriceCatalog, PriceLookup } from '../catalog/price-catalog.ts'

/** A move of the cost of calls of a name, with the prices before and after it. */
export interface NameMove extends RateMove {
  readonly provider: string
  readonly name: string
  readonly priceBefore: Price
  /** Undefined if calls lose their price. */
  readonly priceAfter: Price | undefined
}

/** A rate may change by this factor, up or down, without an operator's approval. */
const MAX_MOVE = new Decimal('0.3')

/** Two catalogues to compare. */
export interface CatalogPair {
  readonly before: PriceCatalog
  readonly after: PriceCatalog
}

/** Returns how the cost of calls of a name moves too far between two catalogues, at any time and however they are served. */
export function movesOfName({ before, after }: CatalogPair, provider: string, name: string): readonly NameMove[] {
  const [old, next] = [before, after].map(catalog => catalog.candidates({ provider, model: name })) as [readonly Price[], readonly Price[]]
  if (old.length === 0 || (old.length === next.length && old.every(({ id }, at) => id === next[at]?.id))) return []
  const prices = [...old, ...next]
  const moves = servedWays(prices).flatMap(served =>
    timesOf(prices).flatMap(({ at, from }) => {
      const lookup = { provider, model: name, at, ...served }
      const [priceBefore, priceAfter] = [before.find(lookup), after.find(lookup)]
      if (priceBefore === undefined || priceBefore.id === priceAfter?.id) return []
      return movesBetween(priceBefore, priceAfter).map(move => ({ ...move, provider, name, served: describeServed(served), from, priceBefore, priceAfter }))
    }),
  )
  return firstOfEach(moves)
}

type Served = Pick<PriceLookup, 'serviceTier' | 'speed' | 'region'>

/** Returns each way of serving that one of the prices is for. */
function servedWays(prices: readonly Price[]): readonly Served[] {
  const ways = prices.map(price => ({ serviceTier: serviceTierOf(price), speed: price.speed, region: price.region }))
  return [...new Map(ways.map(way => [JSON.stringify(way), way])).values()]
}

/** Returns a time in each interval in which the same prices are in effect. `from` is the start of the interval. */
function timesOf(prices: readonly Price[]): readonly { readonly at: Temporal.Instant; readonly from: Temporal.Instant | null }[] {
  const edges = new Map(prices.flatMap(({ from, to }) => [from, to]).flatMap(edge => (edge ? [[edge.epochMilliseconds, edge] as const] : [])))
  const sorted = [...edges.values()].toSorted(Temporal.Instant.compare)
  const parts = prices.flatMap(({ timeOfDay }) => timeOfDay ?? [])
  const starts = [{ at: sorted[0]?.subtract({ hours: 24 * 8 }) ?? EPOCH, from: null }, ...sorted.map(edge => ({ at: edge, from: edge }))]
  return starts.flatMap(({ at, from }) => {
    const inParts = samplesOf(parts).map(part => nextInTimeOfDay(part, at))
    return [at, ...inParts].map(time => ({ at: time, from }))
  })
}

/** Returns parts of the day and week in which other prices may be in effect: the given ones, what follows each, and its other days. */
function samplesOf(parts: readonly TimeOfDay[]): readonly TimeOfDay[] {
  return parts.flatMap(part => {
    const after = [part.from, part.to].filter(time => time !== '24:00:00').map(from => ({ from, to: '24:00:00' }))
    const otherDays = EVERY_DAY.filter(day => part.weekdays !== undefined && !part.weekdays.includes(day))
    return [part, ...after, ...(otherDays.length > 0 ? [{ ...part, weekdays: otherDays }] : [])]
  })
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const EPOCH = Temporal.Instant.fromEpochMilliseconds(0)

type Move = Pick<RateMove, 'rate' | 'above' | 'before' | 'after'>

function movesBetween(before: Price, after: Price | undefined): readonly Move[] {
  if (after === undefined) return [{ rate: 'price', above: null, before: null, after: null }]
  const moves = rateDifferences(before, after).flatMap(movedTooFar)
  const stepsChange = before.marginalSteps !== after.marginalSteps && Object.values(after.perMillionTokens).some(({ steps }) => steps.length > 0)
  return stepsChange && moves.length === 0 ? [{ rate: 'context steps', above: null, before: null, after: null }] : moves
}

function movedTooFar({ rate, above, before, after }: RateDifference): readonly Move[] {
  // A call is priced without a price for requests, so one that begins is a rise from 0.
  const old = before ?? (rate === 'request' || rate.startsWith('request ') ? ZERO : null)
  if (old === null) return []
  if (after !== null && after.minus(old).abs().lte(old.times(MAX_MOVE))) return []
  if (rate === 'request' && old.isZero() && after === null) return []
  return [{ rate, above, before: old, after }]
}

/** Keeps the first move of each rate: it lasts longer than one interval. */
function firstOfEach(moves: readonly NameMove[]): readonly NameMove[] {
  const keyOf = ({ served, rate, above, before, after }: NameMove) => [served, rate, above, before?.toFixed(), after?.toFixed()].join('\n')
  return [...new Map(moves.toReversed().map(move => [keyOf(move), move])).values()].toReversed()
}

function describeServed({ serviceTier, speed, region }: Served): string {
  return [serviceTier === 'standard' ? undefined : serviceTier, speed, region].filter(part => part !== undefined).join(' ')
}

/** Sorts moves, the largest first. One to nothing, or from 0, is the largest. */
export function bySize(a: Move, b: Move): number {
  return sizeOf(b).cmp(sizeOf(a))
}

function sizeOf({ before, after }: Move): Decimal {
  if (before === null || after === null || before.isZero()) return new Decimal(Infinity)
  return after.minus(before).abs().div(before)
}
