import type { Clock, Temporal } from '@tollgate/kernel'
import type { ExecutionResult } from 'graphql'

/** Results of a subscription that can be ended from outside. */
export interface EndableResults extends AsyncGenerator<ExecutionResult, undefined> {
  /** The reason becomes the last result. A consumer that waits has it at once. */
  end(reason: Error): void
  /** Since when the consumer is busy with the result that it was given; undefined while it waits for one. */
  busySince(): Temporal.Instant | undefined
}

/** Where results come from, and how they end. */
export interface EndableResultsOptions {
  readonly source: AsyncGenerator<ExecutionResult>
  /** The cursor of what the source gave last; undefined where there is no such thing. */
  readonly resumeAfter: () => string | undefined
  /** What the consumer is told at the end, and the cursor of the last result that it was given. */
  readonly endWith: (reason: Error, resumeAfter: string | undefined) => ExecutionResult
  readonly clock: Clock
}

/**
 * Passes results on. What the source throws becomes the last result too: transports have no other way to say it in a
 * form that clients know. `onEnd` is called once, however they end.
 */
export function endableResults({ source, resumeAfter, endWith, clock }: EndableResultsOptions, onEnd: () => void): EndableResults {
  let finished = false
  let last: ExecutionResult | undefined
  let waiting: PromiseWithResolvers<ExecutionResult | undefined> | undefined
  let busySince: Temporal.Instant | undefined = clock.now()
  // Not what the source gave last: that may be on its way when the end comes, and is lost then.
  let given = resumeAfter()

  function finish(): void {
    if (finished) return
    finished = true
    waiting?.resolve(undefined)
    source.return(undefined).catch(() => {})
    onEnd()
  }

  function end(reason: Error): void {
    if (finished) return
    last ??= endWith(reason, given)
    waiting?.resolve(undefined)
  }

  /** Undefined where there are no more. */
  async function fromSource(): Promise<ExecutionResult | undefined> {
    busySince = undefined
    const awaited = Promise.withResolvers<ExecutionResult | undefined>()
    waiting = awaited
    source.next().then(
      ({ done, value }) => awaited.resolve(done === true ? undefined : value),
      (error: unknown) => {
        end(error as Error)
        awaited.resolve(undefined)
      },
    )
    const result = await awaited.promise
    waiting = undefined
    busySince = clock.now()
    return result
  }

  return {
    async next() {
      const result = finished || last !== undefined ? undefined : await fromSource()
      const reason = last
      if (finished) return { done: true, value: undefined }
      if (result !== undefined && reason === undefined) {
        given = resumeAfter()
        return { done: false, value: result }
      }
      finish()
      return reason === undefined ? { done: true, value: undefined } : { done: false, value: reason }
    },
    end,
    busySince: () => busySince,
    async return() {
      finish()
      return { done: true, value: undefined }
    },
    async throw(error: unknown) {
      finish()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      finish()
    },
  }
}
