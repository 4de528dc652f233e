import type { Clock, Temporal } from '@tollgate/kernel'
import type { ExecutionResult } from 'graphql'

/** The results of a subscription, which the server can end. */
export interface EndableResults extends AsyncGenerator<ExecutionResult, undefined> {
  /** Ends the results with the reason as the last one. A waiting consumer receives it at once. */
  end(reason: Error): void
  /** Returns since when the consumer has been processing a result; undefined while it waits for one. */
  busySince(): Temporal.Instant | undefined
}

/** Options of endable results. */
export interface EndableResultsOptions {
  readonly source: AsyncGenerator<ExecutionResult>
  /** Returns the cursor of the last item of the source; undefined if its items have no cursors. */
  readonly resumeAfter: () => string | undefined
  /** Makes the last result from the reason and the cursor of the last result that the consumer received. */
  readonly endWith: (reason: Error, resumeAfter: string | undefined) => ExecutionResult
  readonly clock: Clock
}

/**
 * Passes results on until they are ended. An error of the source becomes the last result too, because that is the only form
 * in which transports can report it to clients. `onEnd` is called once.
 */
export function endableResults({ source, resumeAfter, endWith, clock }: EndableResultsOptions, onEnd: () => void): EndableResults {
  let finished = false
  let last: ExecutionResult | undefined
  let waiting: PromiseWithResolvers<ExecutionResult | undefined> | undefined
  let busySince: Temporal.Instant | undefined = clock.now()
  // The cursor of the last result that the consumer received. A result still in transit at the end is lost and must be resent.
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

  /** Returns the next result of the source; undefined at its end. */
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
