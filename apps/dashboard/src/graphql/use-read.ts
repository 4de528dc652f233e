import { useCallback } from 'react'
import { type CombinedError, useQuery } from 'urql'
import type { Operation } from './operation.ts'

/** What a page knows of the answer to a query. */
export interface Read<Result> {
  /** The last answer. While a newer one is on its way, the one before. */
  readonly data: Result | undefined
  readonly error: CombinedError | undefined
  readonly isLoading: boolean
  /** Asks the server again. */
  readonly refresh: () => void
}

/** How to read. */
export interface ReadOptions {
  /** Waits until the variables are known. */
  readonly isPaused?: boolean
  /** Takes an answer of before as it is, for what hardly changes. Otherwise it is shown, and read again. */
  readonly isKept?: boolean
}

/** Reads with a query, again whenever its variables change. An answer with an error has no data: part of a page would look like all of it. */
export function useRead<Result, Variables extends object>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { isPaused = false, isKept = false }: ReadOptions = {},
): Read<Result> {
  const [{ data, error, fetching, stale }, execute] = useQuery<Result, Variables>({
    query: operation as string,
    variables,
    pause: isPaused,
    ...(isKept && { requestPolicy: 'cache-first' }),
  })
  const refresh = useCallback(() => {
    if (!isPaused) execute({ requestPolicy: 'network-only' })
  }, [execute, isPaused])
  const isWhole = error === undefined || error.graphQLErrors.length === 0
  return { data: isWhole ? data : undefined, error, isLoading: fetching || stale, refresh }
}
