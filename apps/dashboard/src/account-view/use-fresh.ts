import { useEffect, useRef } from 'react'
import { useLiveState } from '../live/live-context.ts'
import { useSoon } from './use-soon.ts'

/** Usage may change many times a second; people read more slowly. */
const REFRESH_AFTER_MS = 2_000

/** Reads again what depends on usage, soon after there was some. */
export function useFresh(refresh: () => void): void {
  const refreshSoon = useSoon(refresh, REFRESH_AFTER_MS)
  const calls = useLiveState().today?.calls
  const known = useRef(calls)
  useEffect(() => {
    if (known.current !== undefined && known.current !== calls) refreshSoon()
    known.current = calls
  }, [calls, refreshSoon])
}
