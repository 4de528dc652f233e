import { Link } from '@tanstack/react-router'
import { Card } from '../../ui/card.tsx'
import { formatAmount } from '../../ui/format.ts'
import { Failed } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import type { LatestEvent } from './use-latest-event.ts'

/** Waits for the first event, and shows it once it is there. */
export function FirstEvent({ latest: { event, error, refresh } }: { readonly latest: LatestEvent }) {
  if (error !== undefined) {
    return (
      <Card title="Your first event">
        <Failed error={error} onRetry={refresh} />
      </Card>
    )
  }
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
            <span className="min-w-0 break-words">
              {[event.tenant.name, event.operation, event.provider, event.model].filter(part => part !== null).join(', ')}
            </span>
            {event.cost !== null && <strong>{formatAmount(event.cost, 'USD')}</strong>}
          </>
        )}
      </p>
    </Card>
  )
}
