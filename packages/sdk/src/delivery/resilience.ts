import {
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { errorMessage } from '../engine/error-message.ts'
import { EngineFailure } from '../errors.ts'
import { retryDelayMs } from '../engine/retry-delay.ts'

/** What is known of an engine's health. */
export type Circuit = 'closed' | 'open' | 'half-open'

/** How calls of an engine are protected. */
export interface ResilienceOptions {
  readonly timeoutMs: number
  readonly retries: number
  readonly retryDelayMs: number
  readonly circuitThreshold: number
  readonly circuitOpenMs: number
  readonly random: () => number
  /** Whether a call that failed like this can be sent again. Defaults to every call that may work later. */
  readonly canRetry?: (failure: EngineFailure) => boolean
  readonly onRetry?: (failure: EngineFailure) => void
}

/** Runs calls of an engine with a time-out, retries and a circuit breaker. Rejects with `EngineFailure`. */
export interface Resilience {
  execute<Result>(call: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>
  circuit(): Circuit
}

/** The circuit is not open for longer before a probe. */
const MAX_CIRCUIT_OPEN_MS = 60_000

/** A longer delay is not waited for in a call: the call fails with it, and the caller decides. */
const MAX_WAITED_RETRY_AFTER_MS = 10_000

/** Creates the protection of one kind of calls. */
export function createResilience(options: ResilienceOptions): Resilience {
  const { timeoutMs, retries, random, canRetry = () => true, onRetry } = options
  const isTransient = (error: unknown) => error instanceof EngineFailure && error.code === 'UNAVAILABLE'
  const breaker = circuitBreaker(handleWhen(isTransient), {
    breaker: new ConsecutiveBreaker(options.circuitThreshold),
    halfOpenAfter: new DelegateBackoff<unknown, number>((_, delay = options.circuitOpenMs) => ({ delay, state: Math.min(MAX_CIRCUIT_OPEN_MS, delay * 2) })),
  })
  const retrying = retry(
    handleWhen(error => {
      const failure = error as EngineFailure
      return isTransient(error) && canRetry(failure) && (failure.retryAfterMs ?? 0) <= MAX_WAITED_RETRY_AFTER_MS
    }),
    {
      maxAttempts: retries,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const { retryAfterMs } = 'error' in result ? (result.error as EngineFailure) : { retryAfterMs: undefined }
        return retryDelayMs({ attempt, baseMs: options.retryDelayMs, retryAfterMs, random: random() })
      }),
    },
  )
  retrying.onRetry(result => {
    if ('error' in result) onRetry?.(result.error as EngineFailure)
  })
  const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive)
  const policy = wrap(retrying, breaker)

  return {
    async execute(call, signal) {
      try {
        return await policy.execute(async ({ signal: attemptSignal }) => {
          try {
            return await limit.execute(({ signal: limited }) => call(limited), attemptSignal)
          } catch (error) {
            throw asEngineFailure(error, timeoutMs)
          }
        }, signal)
      } catch (error) {
        throw asEngineFailure(error, timeoutMs)
      }
    },
    circuit: () => (breaker.state === CircuitState.Closed ? 'closed' : breaker.state === CircuitState.HalfOpen ? 'half-open' : 'open'),
  }
}

function asEngineFailure(error: unknown, timeoutMs: number): EngineFailure {
  if (error instanceof EngineFailure) return error
  if (isTaskCancelledError(error)) return new EngineFailure('UNAVAILABLE', `Tollgate did not answer within ${timeoutMs} ms.`, { cause: error })
  if (isBrokenCircuitError(error))
    return new EngineFailure('UNAVAILABLE', 'Tollgate did not answer recent requests, so this one was not sent.', { cause: error, nothingDone: true })
  return new EngineFailure('UNAVAILABLE', `Tollgate failed: ${errorMessage(error)}`, { cause: error })
}
