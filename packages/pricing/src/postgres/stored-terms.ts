import { Decimal } from '@tollgate/kernel'
import type { Price } from '../model/price.ts'
import type { UnitPrice } from '../model/unit-price.ts'

/** A unit price, as JSON. */
export interface StoredUnitPrice {
  readonly kind: string
  readonly variant?: string
  readonly price: string
  readonly per?: number
}

/** What a price depends on besides model, interval, time of day and service tier, as JSON. */
export interface StoredConditions {
  readonly speed?: string
  readonly region?: string
  readonly weekdays?: readonly number[]
  readonly marginalSteps?: true
}

/** Converts stored conditions to fields of a price. */
export function toConditions(stored: StoredConditions | null): StoredConditions {
  return stored ?? {}
}

/** Returns the conditions of a price as JSON. Null if it has none. */
export function toStoredConditions({ speed, region, timeOfDay, marginalSteps }: Price): StoredConditions | null {
  const conditions = {
    ...(speed !== undefined && { speed }),
    ...(region !== undefined && { region }),
    ...(timeOfDay?.weekdays && { weekdays: timeOfDay.weekdays }),
    ...(marginalSteps && { marginalSteps }),
  }
  return Object.keys(conditions).length === 0 ? null : conditions
}

/** Converts stored unit prices. */
export function toUnitPrices(stored: readonly StoredUnitPrice[]): readonly UnitPrice[] {
  return stored.map(({ price, ...unit }) => ({ ...unit, price: new Decimal(price) }))
}

/** Returns the unit prices of a price as JSON, amounts as text. Null if it has none. */
export function toStoredUnitPrices({ units }: Price): readonly StoredUnitPrice[] | null {
  return units?.map(({ price, ...unit }) => ({ ...unit, price: price.toFixed() })) ?? null
}
