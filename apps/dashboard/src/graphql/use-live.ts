import { useEffect, useRef } from 'react'
import { useSubscription } from 'urql'
import type { Operation } from './operation.ts'

/** Follows a subscription, and calls back with each of its results. */
export function useLive<Result, Variables extends object>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  onResult: (result: Result) => void,
  { isPaused = false }: { readonly isPaused?: boolean } = {},
): void {
  const latest = useRef(onResult)
  useEffect(() => {
    latest.current = onResult
  })
  useSubscription<Result, undefined, Variables>({ query: operation as string, variables, pause: isPaused }, (_before, result) => {
    latest.current(result)
    return undefined
  })
}
