/** What the context needs of an `AsyncLocalStorage`. */
export interface AsyncStorage<Store> {
  run<Result>(store: Store, work: () => Result): Result
  getStore(): Store | undefined
  /** Some edge runtimes leave it out. */
  enterWith?(store: Store | undefined): void
}

/** The constructor of a runtime's `AsyncLocalStorage`. */
export type AsyncStorageConstructor = new <Store>() => AsyncStorage<Store>

interface Runtime {
  readonly AsyncLocalStorage?: AsyncStorageConstructor
  readonly process?: { getBuiltinModule?(name: string): { readonly AsyncLocalStorage?: AsyncStorageConstructor } | undefined }
}

/**
 * The runtime's `AsyncLocalStorage`: a global in edge runtimes, a built-in module in Node, Deno and Bun. Asked for at
 * run time rather than imported, so that browsers, which have none, can load this package. Undefined where there is none.
 */
export function findAsyncLocalStorage(runtime: Runtime = globalThis): AsyncStorageConstructor | undefined {
  return runtime.AsyncLocalStorage ?? runtime.process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage
}
