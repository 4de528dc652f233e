import { invalid } from '../engine/read-input.ts'
import type { DeliveryOptions, ServerOptions } from '../tollgate-options.ts'

/** Options that the environment sets. */
export type EnvironmentOptions = ServerOptions & Pick<DeliveryOptions, 'batchSize' | 'bufferSize' | 'flushIntervalMs'>

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/**
 * Reads options from the environment: `TOLLGATE_URL`, `TOLLGATE_API_KEY`, `ANALYTICS_BATCH_SIZE`, `ANALYTICS_FLUSH_INTERVAL`
 * ("30s") and `ANALYTICS_BUFFER_SIZE`. Throws `InvalidInput` if the key is missing, or a value cannot be read.
 */
export function environmentOptions(environment: Readonly<Record<string, string | undefined>> = process.env): EnvironmentOptions {
  const apiKey = environment['TOLLGATE_API_KEY'] ?? ''
  if (apiKey === '') throw invalid('TOLLGATE_API_KEY', 'must be set to an API key of Tollgate')
  const batchSize = wholeNumber('ANALYTICS_BATCH_SIZE', environment)
  const bufferSize = wholeNumber('ANALYTICS_BUFFER_SIZE', environment)
  const flushIntervalMs = milliseconds('ANALYTICS_FLUSH_INTERVAL', environment)
  return {
    url: environment['TOLLGATE_URL'] ?? 'http://localhost:4000',
    apiKey,
    ...(batchSize !== undefined && { batchSize }),
    ...(bufferSize !== undefined && { bufferSize }),
    ...(flushIntervalMs !== undefined && { flushIntervalMs }),
  }
}

function wholeNumber(name: string, environment: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  if (!/^\d+$/.test(text)) throw invalid(name, `must be a whole number, such as 1000, not "${text}"`)
  return Number(text)
}

function milliseconds(name: string, environment: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = environment[name]
  if (text === undefined || text === '') return undefined
  const [, amount, unit = ''] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? []
  if (amount === undefined) throw invalid(name, `must be a duration with a unit, such as 500ms, 30s or 1m, not "${text}"`)
  return Number(amount) * (UNITS[unit] ?? 1)
}
