/** A stream that fetches an item when its consumer asks for one, and buffers none. It has one consumer, which awaits each item before the next. */
export interface DemandStream<Item> extends AsyncGenerator<Item, undefined> {
  /** Signals that there may be an item, so that a waiting consumer asks again. */
  wake(): void
  /** Ends the stream. With a failure, the consumer's next call rejects with it. */
  end(failure?: Error): void
}

/** The source of a demand stream. */
export interface DemandStreamOptions<Item> {
  /** Returns the next item; undefined if there is none now, to be called again after `wake`. If it throws, the stream ends. */
  readonly take: () => Promise<Item | undefined> | Item | undefined
  /** Called once when the stream ends, for any reason. */
  readonly onEnd?: () => void
}

/** Creates a demand stream. `return` ends it at once: an async generator would first wait for the item in progress. */
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
      if (ended) return finish()
      const before = wakes
      const item = await take()
      if (item !== undefined && !ended) return { done: false, value: item }
      if (wakes !== before || ended) continue
      waiting = Promise.withResolvers()
      await waiting.promise
    }
  }

  function finish(): IteratorResult<Item, undefined> {
    const reason = failure
    failure = undefined
    if (reason !== undefined) throw reason
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
