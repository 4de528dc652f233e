import type { Change } from '../../ui/what-changes.tsx'
import { formatPrice } from '../../ui/format.ts'
import type { CurrentPriceQuery } from './prices.operations.ts'

type Price = CurrentPriceQuery['prices']['nodes'][number]

/** Rates that the form has, as they are typed. */
export interface TypedRates {
  readonly input: string
  readonly output: string
  readonly cacheRead: string
  readonly perRequest: string
}

const RATES = ['input', 'output', 'cacheRead', 'perRequest'] as const satisfies readonly (keyof TypedRates)[]

const LABELS: Readonly<Record<keyof TypedRates, string>> = {
  input: 'Input tokens',
  output: 'Output tokens',
  cacheRead: 'Cached input tokens',
  perRequest: 'Each request',
}

/** Returns the price for all tenants that applies to ordinary calls. One that was published applies before one of a public list. */
export function currentPrice(prices: readonly Price[]): Price | undefined {
  const ordinary = prices.filter(({ tenant, serviceTier, speed, region }) => tenant === null && serviceTier === 'STANDARD' && speed === null && region === null)
  return ordinary.find(({ source }) => source !== 'BUNDLED') ?? ordinary[0]
}

/** Returns what a new price changes. A rate that is not typed is none: the new price replaces the whole price. */
export function priceChanges(current: Price | undefined, typed: TypedRates): readonly Change[] {
  if (RATES.every(name => typed[name].trim() === '')) return []
  return RATES.flatMap(name => {
    const before = (name === 'perRequest' ? current?.perRequest : current?.perMillionTokens[name]) ?? undefined
    const after = typed[name].trim() === '' ? undefined : typed[name].trim()
    if (before === undefined && after === undefined) return []
    const [shown, next] = [before === undefined ? undefined : formatPrice(before, 'USD'), after === undefined ? undefined : priceText(after)]
    return shown === next ? [] : [{ label: LABELS[name], before: shown, after: next }]
  })
}

/** What is typed may be no number yet. */
function priceText(typed: string): string {
  return /^\d+(?:\.\d+)?$/.test(typed) ? formatPrice(typed, 'USD') : typed
}
