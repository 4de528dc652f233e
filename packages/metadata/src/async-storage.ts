/** The part of `AsyncLocalStorage` that the metadata context uses. */
export interface AsyncStorage<Store> {
  run<Result>(store: Store, work: () => Result): Result
  getStore(): Store | undefined
  /** Missing in some edge runtimes. */
  enterWith?(store: Store | undefined): void
}

/** The constructor of a runtime's `AsyncLocalStorage`. */
export type AsyncStorageConstructor = new <Store>() => AsyncStorage<Store>

interface Runtime {
  readonly AsyncLocalStorage?: AsyncStorageConstructor
  readonly process?: { getBuiltinModule?(name: string): { readonly AsyncLocalStorage?: AsyncStorageConstructor } | undefined }
}

/**
 * Returns the runtime's `AsyncLocalStorage`: a global in edge runtimes, a built-in module in Node.js, Deno and Bun.
 * Undefined in runtimes without one. Looked up at run time, not imported, so that this package also loads in browsers.
 */
export function findAsyncLocalStorage(runtime: Runtime = globalThis): AsyncStorageConstructor | undefined {
  return runtime.AsyncLocalStorage ?? runtime.process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage
}
