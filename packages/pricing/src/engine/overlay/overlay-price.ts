import { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { PoolRates, Price } from '../../model/price.ts'
import type { UnitPrice } from '../../model/unit-price.ts'
import type { ListedOverlayPrice, OverlayUnit } from './overlay-entry.ts'

/** Converts a price of an entry, except for what is the same for all prices of its model. */
export function overlayPrice(
  listed: ListedOverlayPrice,
): Pick<Price, 'serviceTier' | 'speed' | 'region' | 'from' | 'to' | 'timeOfDay' | 'perMillionTokens' | 'perRequest' | 'units'> {
  const { serviceTier, speed, region, from, to, timeOfDay = null, units } = listed
  return {
    ...(serviceTier && serviceTier !== 'standard' && { serviceTier }),
    ...(speed !== undefined && { speed }),
    ...(region !== undefined && { region }),
    from: overlayInstant(from),
    to: overlayInstant(to),
    timeOfDay,
    perMillionTokens: overlayRates(listed),
    perRequest: null,
    ...(units && { units: overlayUnits(units) }),
  }
}

function overlayRates({ rates = {}, steps = [] }: ListedOverlayPrice): PoolRates {
  const pools = Object.entries(rates) as [TokenPool, string][]
  return Object.fromEntries(
    pools.map(([pool, base]) => [
      pool,
      {
        base: new Decimal(base),
        steps: steps.flatMap(({ above, rates: stepRates }) => (stepRates[pool] === undefined ? [] : [{ above, rate: new Decimal(stepRates[pool]) }])),
      },
    ]),
  ) as PoolRates
}

/** Converts unit prices of an entry. */
export function overlayUnits(units: readonly OverlayUnit[]): readonly UnitPrice[] {
  return units.map(({ price, ...unit }) => ({ ...unit, price: new Decimal(price) }))
}

/** Converts a date or time of an entry. Null if there is none. */
export function overlayInstant(time: string | undefined): Temporal.Instant | null {
  if (time === undefined) return null
  return Temporal.Instant.from(time.includes('T') ? time : `${time}T00:00:00Z`)
}
