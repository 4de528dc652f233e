import { type AsyncStorage, type AsyncStorageConstructor, findAsyncLocalStorage } from './async-storage.ts'
import { mergeMetadata, metadataOf, type MetadataSource, NO_METADATA } from './merge-metadata.ts'
import type { Metadata } from './metadata.ts'

/** Metadata that is in force from where it was set to all that is called from there. */
export interface MetadataContext {
  /**
   * Runs work with metadata in force, laid over what is in force already. The merged metadata is also handed to the
   * work, for runtimes that lose the context at an `await`. Returns what the work returns.
   */
  readonly withMetadata: <Result>(source: MetadataSource, work: (metadata: Metadata) => Result) => Result

  /** What is in force here; empty where nothing is. */
  readonly currentMetadata: () => Metadata

  /**
   * Puts metadata in force until the scope is disposed: `using scope = metadataScope(…)`. After that it is in force
   * nowhere, also not in work that was begun in the scope and still runs. Throws where the runtime cannot do it.
   *
   * A scope has no function of its own to end with: the synchronous code around it sees it too. An async function that
   * opens one shows it to its caller until it is disposed. So open scopes in code that its caller awaits before it does
   * anything else (a request handler, a job), and use `withMetadata` for work that is begun concurrently.
   */
  readonly metadataScope: (source: MetadataSource) => Disposable
}

interface Frame {
  readonly added: Metadata
  readonly parent: Frame | undefined
  closed: boolean
}

/** Makes a context of its own, over the `AsyncLocalStorage` given; without one, it holds in synchronous calls only. */
export function createMetadataContext(Storage: AsyncStorageConstructor | undefined): MetadataContext {
  const storage: AsyncStorage<Frame> = Storage ? new Storage() : synchronousStorage()
  let warned = false

  return {
    withMetadata(source, work) {
      const frame = openFrame(source, storage.getStore())
      const result = storage.run(frame, () => work(inForce(frame)))
      if (!Storage && !warned && isPromise(result)) {
        warned = true
        // oxlint-disable-next-line no-console -- Once, in runtimes that have nothing better: metadata that is lost in silence is found on an invoice.
        console.warn(LOST_AT_AWAIT)
      }
      return result
    },

    currentMetadata: () => inForce(storage.getStore()),

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

const LOST_AT_AWAIT =
  'withMetadata: this runtime has no AsyncLocalStorage, so currentMetadata() forgets the metadata at the first await. Use the metadata that is handed to the work.'
const NO_SCOPES = 'metadataScope needs an AsyncLocalStorage with enterWith(), which this runtime lacks. Use withMetadata, or pass the metadata on.'

/** Parents that are closed are left out, or a loop that opens a scope in each turn would make an endless chain. */
function openFrame(source: MetadataSource, parent: Frame | undefined): Frame {
  let open = parent
  while (open?.closed) open = open.parent
  return { added: mergeMetadata(NO_METADATA, metadataOf(source)), parent: open, closed: false }
}

function inForce(frame: Frame | undefined): Metadata {
  if (frame === undefined) return NO_METADATA
  const below = inForce(frame.parent)
  return frame.closed ? below : mergeMetadata(below, frame.added)
}

/** Holds while a call runs, and no longer: after an `await`, another caller's metadata must never show. */
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

/** `withMetadata` of the program's own context; see `MetadataContext`. */
export const withMetadata: MetadataContext['withMetadata'] = context.withMetadata

/** `currentMetadata` of the program's own context; see `MetadataContext`. */
export const currentMetadata: MetadataContext['currentMetadata'] = context.currentMetadata

/** `metadataScope` of the program's own context; see `MetadataContext`. */
export const metadataScope: MetadataContext['metadataScope'] = context.metadataScope
