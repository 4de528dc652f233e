import { Decimal, Temporal } from '@tollgate/kernel'
import type { PoolRates, Price, TokenRate } from '../model/price.ts'
import type { PriceRow, StoredRate } from './entities.ts'
import type { PriceColumn, RateColumn } from './price-columns.ts'
import { toConditions, toStoredConditions, toStoredUnitPrices, toUnitPrices } from './stored-terms.ts'

/** The columns of a row that make up a price. */
type StoredPrice = Omit<PriceRow, 'sequence' | 'position' | 'inForce'>

/** A stored price as a plain statement returns it: `numeric` and `timestamptz` are text. */
export type StoredPriceText = {
  readonly [Field in keyof StoredPrice]: StoredPrice[Field] extends Temporal.Instant | Decimal | null
    ? Extract<StoredPrice[Field], null> | string
    : StoredPrice[Field]
}

/** The columns of `pricing.price_list` as `StoredPriceText`. */
export const STORED_PRICE_COLUMNS = `id, source, tenant_id as "tenantId", provider, model, match, effective_from as "effectiveFrom",
  effective_to as "effectiveTo", day_from as "dayFrom", day_to as "dayTo", service_tier as "serviceTier", usd_per_request as "usdPerRequest",
  unit_prices as "unitPrices", conditions, published_at as "publishedAt", rates`

/** Converts a row of a plain statement to a price. */
export function toPriceFromText(row: StoredPriceText): Price {
  return toPrice({
    ...row,
    effectiveFrom: row.effectiveFrom === null ? null : Temporal.Instant.from(row.effectiveFrom),
    effectiveTo: row.effectiveTo === null ? null : Temporal.Instant.from(row.effectiveTo),
    usdPerRequest: row.usdPerRequest === null ? null : new Decimal(row.usdPerRequest),
    publishedAt: Temporal.Instant.from(row.publishedAt),
  })
}

/** Converts a row to a price. */
export function toPrice(row: StoredPrice): Price {
  const { weekdays, marginalSteps, ...servedAs } = toConditions(row.conditions)
  return {
    id: row.id,
    source: row.source,
    tenantId: row.tenantId,
    provider: row.provider,
    model: row.model,
    match: row.match,
    ...(row.serviceTier !== 'standard' && { serviceTier: row.serviceTier }),
    ...servedAs,
    from: row.effectiveFrom,
    to: row.effectiveTo,
    timeOfDay: row.dayFrom === null || row.dayTo === null ? null : { from: row.dayFrom, to: row.dayTo, ...(weekdays && { weekdays }) },
    perMillionTokens: toPoolRates(row.rates),
    ...(marginalSteps && { marginalSteps }),
    perRequest: row.usdPerRequest,
    ...(row.unitPrices !== null && { units: toUnitPrices(row.unitPrices) }),
    publishedAt: row.publishedAt,
  }
}

function toPoolRates(stored: readonly StoredRate[]): PoolRates {
  const byPool = Map.groupBy(stored, ({ pool }) => pool)
  return Object.fromEntries([...byPool].map(([pool, rates]) => [pool, toTokenRate(rates)]))
}

function toTokenRate([base, ...steps]: readonly StoredRate[]): TokenRate {
  return {
    base: new Decimal(base?.rate ?? 0),
    steps: steps.map(({ above, rate }) => ({ above: above ?? 0, rate: new Decimal(rate) })),
  }
}

/** Converts a price to JSON for `insertPrices`. `position` is its place among the prices added together. */
export function toStored(price: Price, position: number): Readonly<Record<PriceColumn | 'position' | 'rates', unknown>> {
  return {
    position,
    id: price.id,
    source: price.source,
    tenant_id: price.tenantId,
    provider: price.provider,
    model: price.model,
    match: price.match,
    effective_from: price.from?.toString() ?? null,
    effective_to: price.to?.toString() ?? null,
    day_from: price.timeOfDay?.from ?? null,
    day_to: price.timeOfDay?.to ?? null,
    service_tier: price.serviceTier ?? 'standard',
    usd_per_request: price.perRequest?.toFixed() ?? null,
    unit_prices: toStoredUnitPrices(price),
    conditions: toStoredConditions(price),
    published_at: price.publishedAt.toString(),
    rates: Object.entries(price.perMillionTokens).flatMap(([pool, rate]) => toStoredRates(pool, rate)),
  }
}

function toStoredRates(pool: string, { base, steps }: TokenRate): readonly Readonly<Record<RateColumn, unknown>>[] {
  return [
    { pool, step: 0, above: null, usd_per_million_tokens: base.toFixed() },
    ...steps.map(({ above, rate }, index) => ({ pool, step: index + 1, above, usd_per_million_tokens: rate.toFixed() })),
  ]
}
