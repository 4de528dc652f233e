import { Decimal, Temporal } from '@tollgate/kernel'
import type { PoolRates, Price, TokenRate } from '../model/price.ts'
import type { PriceRow, StoredRate } from './entities.ts'

/** What a price is made of. */
type StoredPrice = Omit<PriceRow, 'sequence' | 'position' | 'inForce'>

/** The same as a statement returns it, which does not go through the entity: `numeric` and `timestamptz` are text. */
export type StoredPriceText = {
  readonly [Field in keyof StoredPrice]: StoredPrice[Field] extends Temporal.Instant | Decimal | null
    ? Extract<StoredPrice[Field], null> | string
    : StoredPrice[Field]
}

/** The columns of `pricing.price_list` as `StoredPriceText`. */
export const STORED_PRICE_COLUMNS = `id, source, tenant_id as "tenantId", provider, model, match, effective_from as "effectiveFrom",
  effective_to as "effectiveTo", day_from as "dayFrom", day_to as "dayTo", service_tier as "serviceTier", usd_per_request as "usdPerRequest",
  published_at as "publishedAt", rates`

/** A price as it was before it was kept. */
export function toPriceFromText(row: StoredPriceText): Price {
  return toPrice({
    ...row,
    effectiveFrom: row.effectiveFrom === null ? null : Temporal.Instant.from(row.effectiveFrom),
    effectiveTo: row.effectiveTo === null ? null : Temporal.Instant.from(row.effectiveTo),
    usdPerRequest: row.usdPerRequest === null ? null : new Decimal(row.usdPerRequest),
    publishedAt: Temporal.Instant.from(row.publishedAt),
  })
}

/** A price as it was before it was kept. */
export function toPrice(row: StoredPrice): Price {
  return {
    id: row.id,
    source: row.source,
    tenantId: row.tenantId,
    provider: row.provider,
    model: row.model,
    match: row.match,
    ...(row.serviceTier !== 'standard' && { serviceTier: row.serviceTier }),
    from: row.effectiveFrom,
    to: row.effectiveTo,
    timeOfDay: row.dayFrom === null || row.dayTo === null ? null : { from: row.dayFrom, to: row.dayTo },
    perMillionTokens: toPoolRates(row.rates),
    perRequest: row.usdPerRequest,
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

/** A price for `insertPrices`, whose columns have these names; `position` is its place among those added together. */
export function toStored(price: Price, position: number): Readonly<Record<string, unknown>> {
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
    published_at: price.publishedAt.toString(),
    rates: Object.entries(price.perMillionTokens).flatMap(([pool, rate]) => toStoredRates(pool, rate)),
  }
}

function toStoredRates(pool: string, { base, steps }: TokenRate) {
  return [
    { pool, step: 0, above: null, usd_per_million_tokens: base.toFixed() },
    ...steps.map(({ above, rate }, index) => ({ pool, step: index + 1, above, usd_per_million_tokens: rate.toFixed() })),
  ]
}
