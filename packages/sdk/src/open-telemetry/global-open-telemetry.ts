import { type Instrumentation, NO_INSTRUMENTATION } from '../instrumentation.ts'

/** The part of @opentelemetry/api that is used. The package itself is optional, so it is not imported. */
interface OpenTelemetryApi {
  readonly trace?: { getTracer(name: string): { startSpan(name: string, options: { attributes: Readonly<Record<string, string | number>> }): Span } }
  readonly metrics?: { getMeter(name: string): { createCounter(name: string, options: { description: string }): Counter } }
}

interface Span {
  recordException(error: Error): void
  setStatus(status: { code: number; message?: string }): void
  end(): void
}

interface Counter {
  add(value: number, attributes: Readonly<Record<string, string>>): void
}

/** Where every copy of @opentelemetry/api 1 registers its providers. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')
const SCOPE = '@tollgate/sdk'
/** `SpanStatusCode.ERROR` */
const ERROR = 2

/**
 * Reports to the OpenTelemetry SDK that the program has registered, if it has one. It may be registered later, so it is looked
 * up again with each report.
 */
export function globalOpenTelemetry(): Instrumentation {
  const api = () => (globalThis as { [REGISTRY]?: OpenTelemetryApi })[REGISTRY]
  let counter: Counter | undefined
  return {
    async span(name, attributes, work) {
      const span = api()?.trace?.getTracer(SCOPE).startSpan(name, { attributes })
      if (span === undefined) return NO_INSTRUMENTATION.span(name, attributes, work)
      try {
        return await work()
      } catch (error) {
        span.recordException(error as Error)
        span.setStatus({ code: ERROR, message: (error as Error).message })
        throw error
      } finally {
        span.end()
      }
    },
    countEvents(outcome, count) {
      counter ??= api()?.metrics?.getMeter(SCOPE).createCounter('tollgate.sdk.events', { description: 'Calls recorded with Tollgate, by outcome.' })
      counter?.add(count, { outcome })
    },
  }
}
