import type { ListedOverlayPrice, OverlayEntry, OverlayUnit } from './overlay-entry.ts'
import { OVERLAY_ENTRIES } from './overlay-entries.ts'

/** What an entry of the overlay changes about the bundled prices of a model. */
export interface OverlayChange {
  readonly provider: string
  readonly model: string
  /** In a few words, such as "batch 0.5 ×" or "cacheWrite1h 2 × input". */
  readonly change: string
  /** Whether the bundled package has no such price, or another one. */
  readonly because: 'missing' | 'wrong'
  /** Where the price was read, and the day, such as 2026-11-26. */
  readonly source: string
  readonly checkedAt: string
}

/** Returns all changes that the overlay makes to the prices of the bundled package, one for each model of an entry. */
export function overlayChanges(): readonly OverlayChange[] {
  return OVERLAY_ENTRIES.flatMap(entry => {
    const { provider, because, source, checkedAt } = entry
    const models = 'models' in entry ? entry.models : [entry.model]
    return models.map(model => ({ provider, model, change: describe(entry), because, source, checkedAt }))
  })
}

function describe(entry: OverlayEntry): string {
  if ('prices' in entry) return entry.prices.map(describePrice).join('; ')
  if ('threshold' in entry) return `long context above ${entry.threshold.above} input tokens, not ${entry.threshold.listed}`
  if ('times' in entry) {
    const { serviceTier, speed, region, times, of } = entry
    return words([serviceTier, speed, named('region', region), `${times} ×`, of])
  }
  const { multiples = {}, rates = {}, units = [] } = entry.add
  return [
    ...Object.entries(multiples).map(([pool, [times, of]]) => `${pool} ${times} × ${of}`),
    ...Object.entries(rates).map(([pool, rate]) => `${pool} ${rate}`),
    ...units.map(describeUnit),
  ].join(', ')
}

function describePrice({ from, to, serviceTier, speed, region, timeOfDay, rates = {}, steps = [], units = [] }: ListedOverlayPrice): string {
  const hours = timeOfDay && `${timeOfDay.from}–${timeOfDay.to} UTC`
  const when = words([serviceTier, speed, named('region', region), hours, named('from', from), named('to', to)])
  const amounts = [
    ...Object.entries(rates).map(([pool, rate]) => `${pool} ${rate}`),
    ...steps.map(step => `more above ${step.above} input tokens`),
    ...units.map(describeUnit),
  ]
  return when === '' ? amounts.join(', ') : `${when}: ${amounts.join(', ')}`
}

function words(parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined).join(' ')
}

function named(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${name} ${value}`
}

function describeUnit({ kind, variant, price, per = 1 }: OverlayUnit): string {
  return `${variant === undefined ? kind : `${kind} ${variant}`} ${price}${per === 1 ? '' : ` per ${per.toLocaleString('en')}`}`
}
