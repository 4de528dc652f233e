import { type AsyncStorage, type AsyncStorageConstructor, findAsyncLocalStorage } from './async-storage.ts'
import { mergeMetadata, metadataOf, type MetadataSource, NO_METADATA } from './merge-metadata.ts'
import type { Metadata } from './metadata.ts'

/** Metadata that applies to a piece of work and everything it calls. */
export interface MetadataContext {
  /**
   * Runs work with the current metadata extended by `source`, and returns the result of the work. The work also gets the
   * merged metadata as an argument, for runtimes that lose the context at an `await`. Throws `InvalidInput` for a field that
   * metadata does not have.
   */
  readonly withMetadata: <Result>(source: MetadataSource, work: (metadata: Metadata) => Result) => Result

  /** Returns the current metadata; empty if none was set. */
  readonly currentMetadata: () => Metadata

  /**
   * Extends the current metadata until the scope is disposed: `using scope = metadataScope(…)`. After that it applies
   * nowhere, not even in work that started inside the scope and is still running. Throws if the runtime does not support it.
   *
   * The synchronous code around a scope sees it too: an async function that opens a scope shows it to its caller until it
   * is disposed. So open scopes only in code that the caller awaits at once (a request handler, a job), and use
   * `withMetadata` for work that is started concurrently.
   */
  readonly metadataScope: (source: MetadataSource) => Disposable
}

interface Frame {
  readonly added: Metadata
  readonly parent: Frame | undefined
  closed: boolean
}

/** Creates an independent context. Without an `AsyncLocalStorage`, it only covers synchronous calls. */
export function createMetadataContext(Storage: AsyncStorageConstructor | undefined): MetadataContext {
  const storage: AsyncStorage<Frame> = Storage ? new Storage() : synchronousStorage()
  let warned = false

  return {
    withMetadata(source, work) {
      const frame = openFrame(source, storage.getStore())
      const result = storage.run(frame, () => work(metadataOfFrame(frame)))
      if (!Storage && !warned && isPromise(result)) {
        warned = true
        // oxlint-disable-next-line no-console -- Once per process: metadata that is silently lost would only be noticed on an invoice.
        console.warn(LOST_AT_AWAIT)
      }
      return result
    },

    currentMetadata: () => metadataOfFrame(storage.getStore()),

    metadataScope(source) {
      if (!storage.enterWith) throw new Error(NO_SCOPES)
      const frame = openFrame(source, storage.getStore())
      storage.enterWith(frame)
      return {
        [Symbol.dispose]() {
          frame.closed = true
          if (storage.getStore() === frame) storage.enterWith?.(frame.parent)
        },
      }
    },
  }
}

const LOST_AT_AWAIT = 'withMetadata: without AsyncLocalStorage, the metadata is lost at the first await. Use the argument of the work.'
const NO_SCOPES = 'metadataScope needs AsyncLocalStorage with enterWith(). Use withMetadata.'

/** Skips closed parents; otherwise a loop that opens a scope in each iteration would build an endless chain. */
function openFrame(source: MetadataSource, parent: Frame | undefined): Frame {
  let open = parent
  while (open?.closed) open = open.parent
  return { added: mergeMetadata(NO_METADATA, metadataOf(source)), parent: open, closed: false }
}

function metadataOfFrame(frame: Frame | undefined): Metadata {
  if (frame === undefined) return NO_METADATA
  const below = metadataOfFrame(frame.parent)
  return frame.closed ? below : mergeMetadata(below, frame.added)
}

/** A storage that only covers synchronous calls: after an `await`, it must never return the metadata of another caller. */
function synchronousStorage<Store>(): AsyncStorage<Store> {
  let current: Store | undefined
  return {
    getStore: () => current,
    run(store, work) {
      const outer = current
      current = store
      try {
        return work()
      } finally {
        current = outer
      }
    },
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}

const context = /* @__PURE__ */ createMetadataContext(/* @__PURE__ */ findAsyncLocalStorage())

/** `withMetadata` of the default context; see `MetadataContext`. */
export const withMetadata: MetadataContext['withMetadata'] = context.withMetadata

/** `currentMetadata` of the default context; see `MetadataContext`. */
export const currentMetadata: MetadataContext['currentMetadata'] = context.currentMetadata

/** `metadataScope` of the default context; see `MetadataContext`. */
export const metadataScope: MetadataContext['metadataScope'] = context.metadataScope
