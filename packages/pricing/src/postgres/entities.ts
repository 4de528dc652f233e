import { DecimalColumn, InstantColumn } from '@tollgate/postgres/mikro-orm'
import { defineEntity, type EntitySchema, type InferEntity, p } from '@mikro-orm/core'
import type { ModelMatch } from '../model/names/model-match.ts'
import type { PriceSource } from '../model/price.ts'
import type { ServiceTier } from '../model/service-tier.ts'
import type { StoredConditions, StoredUnitPrice } from './stored-terms.ts'

/** A rate of a price, as JSON. `above` is null for the base rate. */
export interface StoredRate {
  readonly pool: string
  readonly above: number | null
  readonly rate: string
}

/** A row of the view `pricing.price_list`: a price with its rates, sorted by pool and step. Read-only. @internal */
export const PriceRow = defineEntity({
  name: 'PriceRow',
  schema: 'pricing',
  tableName: 'price_list',
  properties: {
    id: p.text().primary(),
    sequence: p.bigint(),
    /** Position in the active bundled release. */
    position: p.bigint().strictNullable(),
    inForce: p.boolean(),
    source: p.text().$type<PriceSource>(),
    tenantId: p.text().strictNullable(),
    provider: p.text(),
    model: p.text(),
    match: p.json<ModelMatch>(),
    effectiveFrom: p.type(InstantColumn).strictNullable(),
    effectiveTo: p.type(InstantColumn).strictNullable(),
    dayFrom: p.text().strictNullable(),
    dayTo: p.text().strictNullable(),
    serviceTier: p.text().$type<ServiceTier>(),
    usdPerRequest: p.type(DecimalColumn).strictNullable(),
    unitPrices: p.json<readonly StoredUnitPrice[]>().strictNullable(),
    conditions: p.json<StoredConditions>().strictNullable(),
    publishedAt: p.type(InstantColumn),
    rates: p.json<readonly StoredRate[]>(),
  },
})
/** @internal */
export type PriceRow = InferEntity<typeof PriceRow>

/** Entities that the database must be opened with. */
export const pricingEntities: readonly EntitySchema[] = [PriceRow]
