import { extractStreamedTokenUsage } from '@tollgate/tokens'
import { isAbort } from './is-abort.ts'
import type { MeteredCall } from './metered-call.ts'

/** How to read the parts of a stream of one API. */
export interface StreamReader<Part> {
  /** As in `ProviderStream`. */
  readonly apiFlavor?: string | undefined
  /** Returns the text, reasoning or tool arguments that a part adds to the output; '' if none. */
  output(part: Part): string
  /** Whether to keep a part to read the usage from. The first is kept anyway. It must be false for most parts: what is kept stays in memory. */
  hasUsage(part: Part): boolean
  /** Whether the usage is complete after this part, though the stream may go on. */
  isFinal(part: Part): boolean
  /** Whether to keep a part from the caller, who did not ask for it. Defaults to no part. */
  hides?(part: Part): boolean
  /** Returns why the call failed, if a part says so. */
  failure?(part: Part): unknown
}

/** Sees the parts of a stream as they pass, and its end. */
export interface StreamMeter<Part> {
  /** Returns whether the caller gets the part. */
  part(part: Part): boolean
  end(ending?: { readonly aborted?: boolean; readonly error?: unknown }): void
}

/** Returns the meter of a call whose response is a stream. When the stream ends, however it does, the call is recorded. */
export function createStreamMeter<Part>(call: MeteredCall, reader: StreamReader<Part>): StreamMeter<Part> {
  const kept: Part[] = []
  let complete = false
  let failure: unknown
  return {
    part(part) {
      // A part of an unexpected form must reach the caller nevertheless.
      try {
        call.noteOutput(reader.output(part))
        if (kept.length === 0 || reader.hasUsage(part)) kept.push(part)
        if (reader.isFinal(part)) complete = true
        failure ??= reader.failure?.(part)
        return reader.hides?.(part) !== true
      } catch {
        return true
      }
    },
    end({ aborted = false, error = failure } = {}) {
      call.end({ usage: () => extractStreamedTokenUsage({ provider: call.provider, events: kept, apiFlavor: reader.apiFlavor }), complete, aborted, error })
    },
  }
}

/**
 * Passes on the parts of a stream, untouched and one at a time, and tells `meter` of them and of the end: the last part, an error,
 * a caller that stops reading (`break`, `return`, an error of its own), or an abort of `signal`.
 */
export function meterIterator<Part>(
  source: AsyncIterator<Part, unknown>,
  meter: StreamMeter<Part>,
  signal?: AbortSignal,
): AsyncIterableIterator<Part, unknown> {
  let reads = 0
  // A pending read says by its result why it ended: clients abort streams that fail, too.
  const aborted = () => {
    if (reads === 0) meter.end({ aborted: true })
  }
  signal?.addEventListener('abort', aborted, { once: true })
  const end: StreamMeter<Part>['end'] = ending => {
    signal?.removeEventListener('abort', aborted)
    meter.end(ending)
  }

  async function next(): Promise<IteratorResult<Part, unknown>> {
    reads += 1
    try {
      for (;;) {
        const result = await source.next()
        if (result.done === true) {
          end({ aborted: signal?.aborted === true })
          return result
        }
        if (meter.part(result.value)) return result
      }
    } catch (error) {
      end(isAbort(error, signal) ? { aborted: true } : { error })
      throw error
    } finally {
      reads -= 1
    }
  }

  return {
    next,
    async return(value?: unknown) {
      end({ aborted: true })
      return (await source.return?.(value)) ?? { done: true, value }
    },
    async throw(error) {
      end({ aborted: true })
      if (source.throw === undefined) throw error
      return source.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** The same for a `ReadableStream`. It reads a part only when its own reader asks for one, so that nothing is buffered. */
export function meterReadable<Part>(source: ReadableStream<Part>, meter: StreamMeter<Part>, signal?: AbortSignal): ReadableStream<Part> {
  const reader = source.getReader()
  const parts = meterIterator(
    {
      async next(): Promise<IteratorResult<Part, unknown>> {
        const { done, value } = await reader.read()
        return done ? { done, value: undefined } : { done, value }
      },
    },
    meter,
    signal,
  )
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const result = await parts.next()
        if (result.done === true) controller.close()
        else controller.enqueue(result.value)
      },
      async cancel(reason) {
        await parts.return?.()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
