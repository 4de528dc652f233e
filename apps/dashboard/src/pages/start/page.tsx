import { Link } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { Code } from '../../ui/code.tsx'
import { formatAmount } from '../../ui/format.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { curlSnippet, openTelemetrySnippet, sdkSnippet } from './snippets.ts'
import { LATEST_EVENT } from './start.operations.ts'

const LOOK_EVERY_MS = 2_000

/** How to send the first event to exactly this server, and the event once it is there. */
export function Page() {
  const { tenantId } = useTenant()
  const target = { url: location.origin, tenantId }
  return (
    <Frame title="Get started" about="Send usage in the way that suits your program. Put your key in the variable TOLLGATE_KEY.">
      <Latest />
      <Card title="With curl">
        <Code label="Call of curl" text={curlSnippet(target)} />
      </Card>
      <Card title="In TypeScript">
        <Code label="Lines of TypeScript" text={sdkSnippet(target)} />
      </Card>
      <Card title="With OpenTelemetry">
        <Code label="Settings of OpenTelemetry" text={openTelemetrySnippet(target)} />
      </Card>
    </Frame>
  )
}

function Latest() {
  const { tenantId } = useTenant()
  const range = useMemo(() => ({ from: new Date(Date.now() - 7 * 86_400_000).toISOString(), to: new Date(Date.now() + 86_400_000).toISOString() }), [])
  const { data, refresh } = useRead(LATEST_EVENT, { tenantId: tenantId ?? null, range })
  const event = data?.usageEvents.nodes[0]
  const isWaiting = data !== undefined && event === undefined
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(refresh, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, refresh])
  return (
    <Card title={event === undefined ? 'Your first event' : 'Your latest event'}>
      <p role="status" className="flex flex-wrap items-baseline gap-2">
        {event === undefined ? (
          <>
            <span aria-hidden="true" className="size-2 animate-pulse self-center rounded-full bg-accent" />
            Waiting for your first event …
          </>
        ) : (
          <>
            <Link to="/events" search={(before: object) => ({ ...before, event: event.id })} className="text-accent underline">
              <Time at={event.occurredAt} style="second" />
            </Link>
            <span className="break-words">{[event.operation, event.provider, event.model].filter(part => part !== null).join(', ')}</span>
            {event.cost !== null && <strong>{formatAmount(event.cost, 'USD')}</strong>}
          </>
        )}
      </p>
    </Card>
  )
}
