import { formatCount, formatPrice, formatTime } from '../../ui/format.ts'
import { isTokenPool, poolLabel } from '../../ui/token-pools.ts'
import type { PriceFeedQuery } from './upkeep.operations.ts'

/** A rate that moves far between the active prices and a newer list. */
export type RateMove = PriceFeedQuery['priceCatalogStatus']['feed']['changes'][number]['moves'][number]

/** Moves of other things than rates. */
const MOVES_WITHOUT_RATES: ReadonlyMap<string, string> = new Map([
  ['price', 'calls lose their price'],
  ['names', 'the price may apply to other model names'],
  ['context steps', 'prices for long contexts apply differently'],
])

/** Says which rate moves, such as "input tokens (batch, above 200,000 input tokens)", and how far. */
export function rateMoveText({ served, from, rate, above, before, after }: RateMove, timeZone: string): string {
  const conditions = [
    ...(served === '' ? [] : [served]),
    ...(above === null ? [] : [`above ${formatCount(above)} input tokens`]),
    ...(from === null ? [] : [`from ${formatTime(from, timeZone, 'day')}`]),
  ]
  const when = conditions.length === 0 ? '' : ` (${conditions.join(', ')})`
  const other = MOVES_WITHOUT_RATES.get(rate)
  if (other !== undefined) return `${other}${when}`
  const isPool = isTokenPool(rate)
  const unit = isPool ? 'per million' : rate.startsWith('request') ? 'per request' : 'each'
  return `${isPool ? poolLabel(rate) : rate.replaceAll('_', ' ')}${when}: ${formatPrice(before, 'USD')} → ${after === null ? 'none' : `${formatPrice(after, 'USD')} ${unit}`}`
}
