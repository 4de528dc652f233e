import { expect, it } from 'vitest'
import { environmentOptions } from './environment-options.ts'

it('reads the settings that the environment has', () => {
  const environment = {
    TOLLGATE_URL: 'https://tollgate.example.com',
    TOLLGATE_API_KEY: 'key',
    ANALYTICS_BATCH_SIZE: '500',
    ANALYTICS_FLUSH_INTERVAL: '30s',
    ANALYTICS_BUFFER_SIZE: '10000',
  }
  expect(environmentOptions(environment)).toEqual({
    url: 'https://tollgate.example.com',
    apiKey: 'key',
    batchSize: 500,
    flushIntervalMs: 30_000,
    bufferSize: 10_000,
  })
  expect(environmentOptions({ TOLLGATE_API_KEY: 'key', ANALYTICS_FLUSH_INTERVAL: '250ms' })).toEqual({
    url: 'http://localhost:4000',
    apiKey: 'key',
    flushIntervalMs: 250,
  })
})

it.each([
  [{}, 'TOLLGATE_API_KEY: must be set to an API key of Tollgate'],
  [{ TOLLGATE_API_KEY: 'key', ANALYTICS_BATCH_SIZE: 'many' }, 'ANALYTICS_BATCH_SIZE: must be a whole number, such as 1000, not "many"'],
  [{ TOLLGATE_API_KEY: 'key', ANALYTICS_FLUSH_INTERVAL: '30' }, 'ANALYTICS_FLUSH_INTERVAL: must be a duration with a unit, such as 500ms, 30s or 1m, not "30"'],
])('names the setting that is missing or cannot be read: %j', (environment, message) => {
  expect(() => environmentOptions(environment)).toThrow(message)
})
