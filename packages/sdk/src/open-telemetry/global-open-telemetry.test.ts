import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import { memoryEngine } from '../testing/memory-engine.ts'

const PROGRAM = `
import { metrics, trace } from '@opentelemetry/api'
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createTollgate, EngineFailure } from './src/index.ts'

// The client is created first: programs may register their SDK later.
const refuse = () => Promise.reject(new EngineFailure('UNAVAILABLE', 'down'))
const engine = { track: async events => events.map(() => ({ outcome: 'ACCEPTED', reason: null })), enforce: refuse }
const tollgate = createTollgate({ engine, maxInFlight: 1, retries: 0 })

const spans = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
metrics.setGlobalMeterProvider(provider)

await tollgate.trackBulk([{ operation: 'a' }, { operation: 'b' }, { operation: 'c' }])
await tollgate.enforceQuota('tokens', 1)
await provider.forceFlush()
const counters = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(scope => scope.metrics))
console.log(JSON.stringify({
  spans: spans.getFinishedSpans().map(({ name, attributes, status }) => [name, attributes, status.code]),
  counters: counters.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.map(({ attributes, value }) => [attributes, value])]),
}))
await provider.shutdown()`

// In a process of its own: the test runner resolves these packages to their builds for bundlers.
it('reports requests as spans and events as a counter to the OpenTelemetry SDK of the program', () => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const output = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', PROGRAM], { cwd, encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual({
    spans: [
      ['tollgate.track', { 'tollgate.events': 1 }, 0],
      ['tollgate.track', { 'tollgate.events': 2 }, 0],
      ['tollgate.enforce_quotas', {}, 2],
    ],
    counters: [['tollgate.sdk.events', [[{ outcome: 'accepted' }, 3]]]],
  })
})

it('does nothing without an OpenTelemetry SDK', async () => {
  expect(await createTollgate({ engine: memoryEngine() }).trackAiCall({ operation: 'chat' })).toMatchObject({ outcome: 'ACCEPTED' })
})
