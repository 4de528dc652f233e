import type { Price } from './price.ts'

/** Returns whether a price of a maker is also that of a reseller: standard and batch calls. What else a maker offers, a reseller prices itself. */
export function isResold({ serviceTier, speed, region }: Pick<Price, 'serviceTier' | 'speed' | 'region'>): boolean {
  return (serviceTier === undefined || serviceTier === 'batch') && speed === undefined && region === undefined
}
