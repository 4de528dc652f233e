import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { useTenant } from '../app/tenant-context.ts'
import { useScope, useViewer } from '../app/viewer-context.ts'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { LiveContext, type LiveState } from './live-context.ts'
import { LIVE, LIVE_OF_CUSTOMER, type LiveOfCustomerSubscription, type LiveSubscription } from './live.operations.ts'
import { type Notice, noticeOf, withNotice } from './notices.ts'

/**
 * Follows usage and alerts over one connection while the page is open, and continues where it was after the connection was
 * lost. Alerts appear in a corner, so that nothing that is being read moves.
 */
export function LiveFeed({ children }: { readonly children: ReactNode }) {
  const client = useClient()
  const { tenantId } = useTenant()
  const isAllowed = useScope('usage:read')
  const isCustomer = useViewer().customerId !== null
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const [today, setToday] = useState<LiveState['today']>()

  useEffect(() => {
    setToday(undefined)
    setNotices([])
    if (!isAllowed) return undefined
    let after: string | undefined
    // The getter is read again whenever the client connects.
    const variables = {
      tenantId,
      get after() {
        return after
      },
    }
    const operation = isCustomer ? LIVE_OF_CUSTOMER : LIVE
    const { unsubscribe } = client.subscription<LiveSubscription | LiveOfCustomerSubscription>(operation, variables).subscribe(({ data }) => {
      if (data === undefined) return
      after = data.live.cursor
      if (data.live.usage !== null) setToday(data.live.usage.today)
      const notice = noticeOf(data.live)
      if (notice !== undefined) setNotices(shown => withNotice(shown, notice))
    })
    return unsubscribe
  }, [client, tenantId, isAllowed, isCustomer])

  const state = useMemo(() => ({ today }), [today])
  return (
    <LiveContext value={state}>
      {children}
      <Notices notices={notices} onClose={key => setNotices(shown => shown.filter(notice => notice.key !== key))} />
    </LiveContext>
  )
}

const SHOWN = 3

function Notices({ notices, onClose }: { readonly notices: readonly Notice[]; readonly onClose: (key: string) => void }) {
  return (
    <section
      aria-label="What has happened"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-30 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {notices.slice(0, SHOWN).map(({ key, text, at, isGood }) => (
        <div key={key} className={`pointer-events-auto rounded-lg border bg-raised p-3 shadow-lg ${isGood ? 'border-good' : 'border-warn'}`}>
          <p className="break-words">{text}</p>
          <div className="mt-1 flex items-center justify-between gap-2 text-xs text-muted">
            <Time at={at} style="second" />
            <Button look="quiet" aria-label={`Close: ${text}`} className="-my-1 min-h-7 px-2 text-xs" onClick={() => onClose(key)}>
              Close
            </Button>
          </div>
        </div>
      ))}
      {notices.length > SHOWN && <p className="text-right text-xs text-muted">{`and ${notices.length - SHOWN} more`}</p>}
    </section>
  )
}
