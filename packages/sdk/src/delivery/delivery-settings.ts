import { invalid, oneOf } from '../engine/read-input.ts'
import type { DeliveryOptions } from '../tollgate-options.ts'

/** Delivery options with their defaults. */
export type DeliverySettings = Required<Omit<{ readonly [Name in keyof DeliveryOptions]-?: NonNullable<DeliveryOptions[Name]> }, 'spool'>>

/** The server accepts no more events in one request. */
export const MAX_BATCH_EVENTS = 1_000

const KIB = 1_024
const MIB = 1_024 * KIB

const BOUNDS = {
  waitTimeoutMs: { default: 10_000, min: 0, max: 3_600_000 },
  batchSize: { default: MAX_BATCH_EVENTS, min: 1, max: MAX_BATCH_EVENTS },
  batchBytes: { default: MIB, min: 1, max: 7 * MIB },
  flushIntervalMs: { default: 5_000, min: 0, max: 3_600_000 },
  bufferSize: { default: 10_000, min: 1, max: 10_000_000 },
  bufferBytes: { default: 32 * MIB, min: KIB, max: 16 * KIB * MIB },
  maxInFlight: { default: 2, min: 1, max: 64 },
  requestTimeoutMs: { default: 10_000, min: 1, max: 600_000 },
  retries: { default: 4, min: 0, max: 20 },
  retryDelayMs: { default: 250, min: 1, max: 60_000 },
  circuitThreshold: { default: 5, min: 1, max: 1_000 },
  circuitOpenMs: { default: 1_000, min: 1, max: 60_000 },
} as const

/** Applies the defaults. Throws `InvalidInput` for a value out of bounds. */
export function deliverySettings(options: DeliveryOptions): DeliverySettings {
  const numbers = Object.entries(BOUNDS).map(([name, bounds]) => [name, inBounds(name, options[name as keyof typeof BOUNDS], bounds)] as const)
  return {
    delivery: oneOf('delivery', options.delivery ?? 'wait', ['wait', 'background']),
    whenFull: oneOf('whenFull', options.whenFull ?? 'drop-newest', ['drop-newest', 'drop-oldest', 'wait']),
    ...(Object.fromEntries(numbers) as Record<keyof typeof BOUNDS, number>),
  }
}

/** Returns a number, or its default if it is omitted. Throws `InvalidInput` for a number out of bounds. */
export function inBounds(name: string, value: number | null | undefined, bounds: { default: number; min: number; max: number }): number {
  if (value === undefined || value === null) return bounds.default
  if (value >= bounds.min && value <= bounds.max && Number.isInteger(value)) return value
  throw invalid(name, `must be a whole number from ${bounds.min} to ${bounds.max}, not ${value}`)
}
