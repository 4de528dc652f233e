import { formatCount, formatPrice, formatTime } from '../../ui/format.ts'
import type { PriceFeedQuery } from './upkeep.operations.ts'

/** A rate that moves far between the active prices and a newer list. */
export type RateMove = PriceFeedQuery['priceCatalogStatus']['feed']['changes'][number]['moves'][number]

/** What people call the pools whose names are not words, as a rate names them. */
const POOLS: ReadonlyMap<string, string> = new Map([
  ['input', 'input'],
  ['output', 'output'],
  ['cacheRead', 'cached input'],
  ['cacheWrite5m', 'cached for 5 minutes'],
  ['cacheWrite1h', 'cached for an hour'],
  ['reasoning', 'reasoning'],
  ['audioInput', 'audio input'],
  ['audioOutput', 'audio output'],
  ['imageInput', 'image input'],
  ['imageOutput', 'image output'],
])

/** Moves that are no rates. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['price', 'calls lose their price'],
  ['names', 'other names may get the price'],
  ['context steps', 'the steps of long contexts count differently'],
])

/** Says which rate moves, such as "input (batch, above 200,000 input tokens)", and how far. */
export function rateMoveText({ served, from, rate, above, before, after }: RateMove, timeZone: string): string {
  const conditions = [
    ...(served === '' ? [] : [served]),
    ...(above === null ? [] : [`above ${formatCount(above)} input tokens`]),
    ...(from === null ? [] : [`from ${formatTime(from, timeZone, 'day')}`]),
  ]
  const when = conditions.length === 0 ? '' : ` (${conditions.join(', ')})`
  const other = OTHERS.get(rate)
  if (other !== undefined) return `${other}${when}`
  const pool = POOLS.get(rate)
  const unit = pool === undefined ? (rate.startsWith('request') ? 'per request' : 'each') : 'per million tokens'
  return `${pool ?? rate.replaceAll('_', ' ')}${when}: ${formatPrice(before, 'USD')} → ${after === null ? 'none' : `${formatPrice(after, 'USD')} ${unit}`}`
}
