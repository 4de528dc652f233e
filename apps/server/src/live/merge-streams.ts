import { demandStream, type DemandStream } from './demand-stream.ts'

/**
 * Merges streams, each with a name. One item of each is fetched ahead, and items are passed on as they arrive, mapped when they are.
 * Ends with the first stream that ends.
 */
export function mergeStreams<Name, Item, Mapped>(
  streams: ReadonlyMap<Name, AsyncGenerator<Item>>,
  map: (item: Item, name: Name) => Mapped,
): DemandStream<Mapped> {
  const ready: { readonly item: Item; readonly name: Name }[] = []
  const merged = demandStream<Mapped>({
    take() {
      const next = ready.shift()
      if (next === undefined) return undefined
      fetchFrom(next.name)
      return map(next.item, next.name)
    },
    onEnd: () => {
      for (const stream of streams.values()) stream.return(undefined).catch(() => {})
    },
  })

  function fetchFrom(name: Name): void {
    streams
      .get(name)
      ?.next()
      .then(
        ({ done, value }) => {
          if (done === true) return merged.end()
          ready.push({ item: value, name })
          merged.wake()
        },
        (error: unknown) => merged.end(error as Error),
      )
  }

  for (const name of streams.keys()) fetchFrom(name)
  return merged
}
