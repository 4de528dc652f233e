import { createContext, useContext } from 'react'
import type { LiveSubscription } from './live.operations.ts'

/** What the page follows. */
export interface LiveState {
  /** Usage of the day so far, of the tenant that is looked at or of all together. Undefined until it is known. */
  readonly today: NonNullable<LiveSubscription['live']['usage']>['today'] | undefined
}

export const LiveContext = createContext<LiveState>({ today: undefined })

/** Returns what is followed live. */
export function useLiveState(): LiveState {
  return useContext(LiveContext)
}
