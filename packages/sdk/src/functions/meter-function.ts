import { currentMetadata, mergeMetadata, metadataOf, type MetadataSource } from '@tollgate/metadata'
import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { invalid } from '../engine/read-input.ts'
import { errorMessage } from '../engine/error-message.ts'
import type { CallRecord } from '../model/call-record.ts'
import type { DecimalInput } from '../model/decimal-input.ts'
import type { Recorder } from '../recorder.ts'

/** Any function, as far as metering knows it. */
export type MeterableFunction = (...parameters: never[]) => unknown

/** A call of a function that succeeded. */
export interface FinishedCall<Fn extends MeterableFunction> {
  readonly parameters: Parameters<Fn>
  /** What it returned: what its promise resolved to, or what its generator returned at its end; undefined if the caller left the generator. */
  readonly result: ResultOf<Fn>
}

/** What a function results in. */
type ResultOf<Fn extends MeterableFunction> =
  ReturnType<Fn> extends Generator<unknown, infer Returned> | AsyncGenerator<unknown, infer Returned> ? Returned | undefined : Awaited<ReturnType<Fn>>

/** A value, or how to compute it from a call that succeeded. If that throws or returns undefined, the call is recorded without it. */
type PerCall<Fn extends MeterableFunction, Value> = Value | ((call: FinishedCall<Fn>) => Value | undefined)

/** How to record the calls of a function. */
export interface FunctionMeterOptions<Fn extends MeterableFunction> {
  /** Defaults to the name of the function. */
  readonly operation?: string | undefined
  /** Credits to charge. Defaults to the credit cost of the operation. A call that fails is charged none. */
  readonly credits?: PerCall<Fn, DecimalInput> | undefined
  /** Units of work, such as runs or gigabytes. */
  readonly quantity?: PerCall<Fn, DecimalInput> | undefined
  readonly description?: PerCall<Fn, string> | undefined
  readonly resourceType?: string | undefined
  readonly resourceId?: PerCall<Fn, string> | undefined
  /** What calls are attributed to, such as `(userId) => ({ customerId: userId })`. Merged over the context. */
  readonly metadata?: MetadataSource | ((...parameters: Parameters<Fn>) => MetadataSource) | undefined
  /** Tenant of the calls. Only for operator keys. */
  readonly tenantId?: string | undefined
}

const OPTIONS: InputRules<FunctionMeterOptions<MeterableFunction>> = {
  operation: 'text?',
  credits: 'anything?',
  quantity: 'anything?',
  description: 'anything?',
  resourceType: 'text?',
  resourceId: 'anything?',
  metadata: 'anything?',
  tenantId: 'text?',
}

/**
 * Returns a function that does the same and records each call when it ends: with its latency, and its credits or quantity. The
 * function can be synchronous or asynchronous, or a generator of either kind, which ends with its last value or when its caller stops. Throws
 * `InvalidInput` for wrong options.
 */
export function meter<Fn extends MeterableFunction>(fn: Fn, recorder: Recorder, options: FunctionMeterOptions<Fn> = {}): Fn {
  if (typeof fn !== 'function') throw invalid('fn', 'must be a function')
  checkInput(OPTIONS, options)
  const operation = options.operation ?? (fn.name === '' ? undefined : fn.name)
  const metered = function (this: unknown, ...parameters: Parameters<Fn>): unknown {
    const end = startFunctionCall({ recorder, options, operation, parameters })
    try {
      return whenEnded(fn.apply(this, parameters), end)
    } catch (error) {
      end({ error })
      throw error
    }
  }
  Object.defineProperty(metered, 'name', { value: fn.name, configurable: true })
  Object.defineProperty(metered, 'length', { value: fn.length, configurable: true })
  return metered as unknown as Fn
}

/** How a call ended. */
type Ending = { readonly result: unknown } | { readonly error: unknown } | { readonly aborted: true }

interface FunctionCall<Fn extends MeterableFunction> {
  readonly recorder: Recorder
  readonly options: FunctionMeterOptions<Fn>
  readonly operation: string | undefined
  readonly parameters: Parameters<Fn>
}

/** Starts to measure a call. Returns how to record its end. */
function startFunctionCall<Fn extends MeterableFunction>({ recorder, options, operation, parameters }: FunctionCall<Fn>): (ending: Ending) => void {
  const { clock } = recorder
  const startedAtMs = clock.monotonicMs()
  const occurredAt = new Date(clock.nowMs())
  const context = currentMetadata()

  function recordOf(ending: Ending): CallRecord {
    const { resourceType, tenantId } = options
    const metadata = orUndefined(() => mergeMetadata(context, metadataOf(given(options.metadata, ...parameters) ?? {}))) ?? context
    const measured = { operation, resourceType, tenantId, metadata, occurredAt, latencyMs: clock.monotonicMs() - startedAtMs }
    if ('error' in ending) return { ...measured, status: 'FAILURE', errorMessage: errorMessage(ending.error), credits: 0 }
    const aborted = 'aborted' in ending
    const call = { parameters, result: aborted ? undefined : ending.result } as FinishedCall<Fn>
    const computed = <Value>(value: PerCall<Fn, Value> | undefined) =>
      orUndefined<Value | undefined>(() => given<Value | undefined, [FinishedCall<Fn>]>(value, call))
    const { credits, quantity, description, resourceId } = options
    return {
      ...measured,
      aborted,
      credits: computed(credits),
      quantity: computed(quantity),
      description: computed(description),
      resourceId: computed(resourceId),
    }
  }

  return ending => void recorder.record(recordOf(ending))
}

/** Calls `end` when what a function returned has ended. Returns what the caller gets instead, which behaves the same. */
function whenEnded(returned: unknown, end: (ending: Ending) => void): unknown {
  const kind = Object.prototype.toString.call(returned)
  if (kind === '[object Generator]') return untilEnd(returned as Generator, end)
  if (kind === '[object AsyncGenerator]') return untilAsyncEnd(returned as AsyncGenerator, end)
  if (!(returned instanceof Promise)) {
    end({ result: returned })
    return returned
  }
  return returned.then(
    (result: unknown) => {
      end({ result })
      return result
    },
    (error: unknown) => {
      end({ error })
      throw error
    },
  )
}

function* untilEnd(source: Generator, end: (ending: Ending) => void): Generator {
  let ending: Ending = { aborted: true }
  try {
    const result: unknown = yield* source
    ending = { result }
    return result
  } catch (error) {
    ending = { error }
    throw error
  } finally {
    end(ending)
  }
}

async function* untilAsyncEnd(source: AsyncGenerator, end: (ending: Ending) => void): AsyncGenerator {
  let ending: Ending = { aborted: true }
  try {
    const result: unknown = yield* source
    ending = { result }
    return result
  } catch (error) {
    ending = { error }
    throw error
  } finally {
    end(ending)
  }
}

function given<Value, Input extends unknown[]>(value: Value | ((...input: Input) => Value), ...input: Input): Value {
  return typeof value === 'function' ? (value as (...input: Input) => Value)(...input) : value
}

function orUndefined<Value>(compute: () => Value): Value | undefined {
  try {
    return compute()
  } catch {
    return undefined
  }
}
