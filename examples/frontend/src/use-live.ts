import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { liveCursor } from './client.ts'
import { type AlertFragment, LiveDocument, QuotasDocument } from './gql/graphql.ts'

/** What arrived since the page was opened. */
export interface Live {
  readonly callsToday: number | undefined
  /** Latest first. */
  readonly alerts: readonly AlertFragment[]
}

/** Follows usage and alerts. The last cursor goes with every connection, so that no alert is lost and none comes twice. */
export function useLive(): Live {
  const client = useClient()
  const [live, setLive] = useState<Live>({ callsToday: undefined, alerts: [] })
  useEffect(() => {
    const { unsubscribe } = client.subscription(LiveDocument, { after: liveCursor.current }).subscribe(({ data }) => {
      if (!data) return
      const { cursor, usage, quotaAlert } = data.live
      liveCursor.current = cursor
      if (usage) setLive(now => ({ ...now, callsToday: usage.today.calls }))
      if (!quotaAlert) return
      setLive(now => ({ ...now, alerts: [quotaAlert, ...now.alerts] }))
      // Updates the quotas in the cache, and so wherever they are shown.
      void client.query(QuotasDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    })
    return unsubscribe
  }, [client])
  return live
}
