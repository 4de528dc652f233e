import { useCallback, useEffect, useRef } from 'react'

/** Returns a function that calls another one after a delay, once for all calls until then. */
export function useSoon(call: () => void, delayMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(call)
  useEffect(() => {
    latest.current = call
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, delayMs)
  }, [delayMs])
}
