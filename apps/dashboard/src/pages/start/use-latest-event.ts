import { useEffect, useMemo } from 'react'
import type { CombinedError } from 'urql'
import { lastDays } from '../../account-view/account.ts'
import { useRead } from '../../graphql/use-read.ts'
import { useLiveState } from '../../live/live-context.ts'
import { LATEST_EVENT, type LatestEventQuery } from './start.operations.ts'

const DAYS = 30

/** Events of other days are not in what is followed live, so the page looks for them. */
const LOOK_EVERY_MS = 3_000

/** The latest event of the last 30 days, as soon as there is one. */
export interface LatestEvent {
  readonly event: LatestEventQuery['usageEvents']['nodes'][number] | undefined
  readonly isWaiting: boolean
  /** Why it is not known. */
  readonly error: CombinedError | undefined
  readonly refresh: () => void
}

/** Reads the latest event of a tenant, or of all, again whenever the usage of today changes. */
export function useLatestEvent(tenantId: string | undefined): LatestEvent {
  const range = useMemo(() => lastDays(DAYS, Date.now() + 86_400_000), [])
  const { data, error, refresh } = useRead(LATEST_EVENT, { tenantId: tenantId ?? null, range })
  const calls = useLiveState().today?.calls
  useEffect(() => {
    if (calls !== undefined && calls > 0) refresh()
  }, [calls, refresh])
  const event = data?.usageEvents.nodes[0]
  const isWaiting = data !== undefined && event === undefined
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(refresh, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, refresh])
  return { event, isWaiting, error: data === undefined ? error : undefined, refresh }
}
