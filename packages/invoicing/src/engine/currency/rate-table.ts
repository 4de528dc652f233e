import { Decimal, round, Temporal } from '@tollgate/kernel'
import { ExchangeRateMissing } from '../../model/billing/billing-errors.ts'
import type { AppliedRate, ExchangeRate } from '../../model/billing/exchange-rate.ts'

/** Finds exchange rates by day. */
export interface RateTable {
  /**
   * Returns the rate from one currency to another on a day: the latest one of the days before it if there is none of that
   * day, at most ten days old. Null for the same currency. Throws `ExchangeRateMissing`.
   */
  rate(from: string, to: string, date: Temporal.PlainDate): AppliedRate | null
}

/** Rates are not published on weekends and holidays. */
export const MAX_RATE_AGE_DAYS = 10

/** Decimal places of a rate that is derived from others. */
const DERIVED_SCALE = 18

const ONE = /* @__PURE__ */ new Decimal(1)

/**
 * Creates a table of rates. A rate that is not published is the inverse of the one the other way round, or is derived from
 * two rates of one base, such as EUR to USD and EUR to CHF for USD to CHF.
 */
export function rateTable(rates: readonly ExchangeRate[]): RateTable {
  const series = new Map<string, ExchangeRate[]>()
  const bases = new Set<string>()
  for (const rate of rates) {
    bases.add(rate.base)
    const name = pair(rate.base, rate.quote)
    const ofPair = series.get(name)
    if (ofPair === undefined) series.set(name, [rate])
    else ofPair.push(rate)
  }
  for (const ofPair of series.values()) ofPair.sort((a, b) => Temporal.PlainDate.compare(a.date, b.date))

  function published(base: string, quote: string, date: Temporal.PlainDate): ExchangeRate | undefined {
    const found = series.get(pair(base, quote))?.findLast(rate => Temporal.PlainDate.compare(rate.date, date) <= 0)
    return found !== undefined && found.date.until(date).days <= MAX_RATE_AGE_DAYS ? found : undefined
  }

  function derived(from: string, to: string, date: Temporal.PlainDate): AppliedRate | undefined {
    for (const base of [...bases].toSorted()) {
      const toFrom = published(base, from, date)
      const toTarget = published(base, to, date)
      if (toFrom === undefined || toTarget === undefined) continue
      const older = Temporal.PlainDate.compare(toFrom.date, toTarget.date) < 0 ? toFrom.date : toTarget.date
      return { currency: from, rate: quotient(toTarget.rate, toFrom.rate), date: older, source: `${toTarget.source}, through ${base}` }
    }
    return undefined
  }

  return {
    rate(from, to, date) {
      if (from === to) return null
      const direct = published(from, to, date)
      if (direct !== undefined) return { currency: from, rate: direct.rate, date: direct.date, source: direct.source }
      const inverse = published(to, from, date)
      if (inverse !== undefined) return { currency: from, rate: quotient(ONE, inverse.rate), date: inverse.date, source: `${inverse.source}, inverse` }
      const found = derived(from, to, date)
      if (found === undefined) throw new ExchangeRateMissing(from, to, date)
      return found
    },
  }
}

function pair(base: string, quote: string): string {
  return `${base}/${quote}`
}

function quotient(dividend: Decimal, divisor: Decimal): Decimal {
  return round(dividend.div(divisor), { scale: DERIVED_SCALE, mode: 'half-even' })
}
