/** A stream that is asked for each item, and keeps none itself. One consumer; it asks for an item after it got the one before. */
export interface DemandStream<Item> extends AsyncGenerator<Item, undefined> {
  /** There may be something to take: a consumer that waits asks again. */
  wake(): void
  /** Takes no more items; with a failure, the consumer is told of it once. */
  end(failure?: Error): void
}

/** Where the items come from. */
export interface DemandStreamOptions<Item> {
  /** The next item; undefined where there is none now: it is asked again after `wake`. What it throws ends the stream. */
  readonly take: () => Promise<Item | undefined> | Item | undefined
  /** Called once, however the stream ends. */
  readonly onEnd?: () => void
}

/** Makes a stream. Whoever ends it early (`return`) need not wait for an item that is awaited: an async generator would make it. */
export function demandStream<Item>({ take, onEnd = () => {} }: DemandStreamOptions<Item>): DemandStream<Item> {
  let ended = false
  let failure: Error | undefined
  let wakes = 0
  let waiting: PromiseWithResolvers<void> | undefined

  function end(reason?: Error): void {
    if (ended) return
    ended = true
    failure = reason
    waiting?.resolve()
    onEnd()
  }

  async function next(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      if (ended) return over()
      const before = wakes
      const item = await take()
      if (item !== undefined && !ended) return { done: false, value: item }
      if (wakes !== before || ended) continue
      waiting = Promise.withResolvers()
      await waiting.promise
    }
  }

  function over(): IteratorResult<Item, undefined> {
    const told = failure
    failure = undefined
    if (told !== undefined) throw told
    return { done: true, value: undefined }
  }

  return {
    next: () =>
      next().catch((error: unknown) => {
        end()
        throw error
      }),
    async return() {
      end()
      return { done: true, value: undefined }
    },
    async throw(error: unknown) {
      end()
      throw error
    },
    wake() {
      wakes += 1
      waiting?.resolve()
    },
    end,
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      end()
    },
  }
}
