import type { Clock, Temporal } from '@tollgate/kernel'
import type { ExecutionResult } from 'graphql'

/** The results of a subscription, which know whether their consumer still reads. */
export interface WatchedResults extends AsyncGenerator<ExecutionResult, undefined> {
  /** Returns since when the consumer has been processing a result; undefined while it waits for one. */
  busySince(): Temporal.Instant | undefined
}

/** Options of watched results. */
export interface WatchedResultsOptions {
  readonly source: AsyncGenerator<ExecutionResult>
  /** Called when the source fails. Returns the last result; undefined if the connection is closed instead. */
  readonly onFailure: (error: unknown) => ExecutionResult | undefined
  readonly clock: Clock
}

/** Passes results on until the source ends or fails. `return` ends them at once. `onEnd` is called once. */
export function watchedResults({ source, onFailure, clock }: WatchedResultsOptions, onEnd: () => void): WatchedResults {
  let finished = false
  let waiting: PromiseWithResolvers<ExecutionResult | undefined> | undefined
  let busySince: Temporal.Instant | undefined = clock.now()

  function finish(): void {
    if (finished) return
    finished = true
    waiting?.resolve(undefined)
    source.return(undefined).catch(() => {})
    onEnd()
  }

  /** Returns the next result of the source; undefined at its end. */
  async function fromSource(): Promise<ExecutionResult | undefined> {
    busySince = undefined
    const awaited = Promise.withResolvers<ExecutionResult | undefined>()
    waiting = awaited
    let last: ExecutionResult | undefined
    source.next().then(
      ({ done, value }) => awaited.resolve(done === true ? undefined : value),
      (error: unknown) => {
        if (!finished) last = onFailure(error)
        awaited.resolve(undefined)
      },
    )
    const result = await awaited.promise
    waiting = undefined
    busySince = clock.now()
    if (last !== undefined) finish()
    return last ?? result
  }

  return {
    async next() {
      if (finished) return { done: true, value: undefined }
      const result = await fromSource()
      if (result !== undefined) return { done: false, value: result }
      finish()
      return { done: true, value: undefined }
    },
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
