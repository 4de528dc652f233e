import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { capitalized, formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { poolLabel } from '../../ui/token-pools.ts'
import { EventCharges } from './event-charges.tsx'
import { EventCredits } from './event-credits.tsx'
import type { EventDetails } from './event-details.ts'
import { toneOf } from './event-list.tsx'
import { EVENT_DETAILS } from './events.operations.ts'
import { Part } from './part.tsx'

/** One event: what it used, what it costs, and why. */
export function EventDialog({ id, onClose }: { readonly id: string | undefined; readonly onClose: () => void }) {
  const read = useRead(EVENT_DETAILS, { id: id ?? '' }, { isPaused: id === undefined })
  const isCurrent = read.data?.explainCharge?.event.id === id
  return (
    <Dialog title="Usage event" about={<span className="font-mono text-xs break-all">{id}</span>} isOpen={id !== undefined} onClose={onClose} isWide isToRead>
      <Shown read={isCurrent || !read.isLoading ? read : { ...read, data: undefined }} lines={10}>
        {({ explainCharge }) =>
          explainCharge === null ? (
            <Empty title="There is no event with this id.">It may belong to a tenant that you cannot see, or be older than the retention.</Empty>
          ) : (
            <Details {...explainCharge} />
          )
        }
      </Shown>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}

function Details({ event, explanation }: EventDetails) {
  const readsCredits = useScope('credits:read')
  const { tokens, units, metadata, status } = event
  const pools = tokens === null ? [] : Object.entries(tokens).filter(([pool, count]) => pool !== 'total' && Number(count) > 0)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(status)}>{wordOf(status)}</Badge>
        <span className="min-w-0 font-medium break-words">
          {event.operation}
          {event.model !== null && `, ${event.provider ?? 'unknown provider'} ${event.model}`}
        </span>
      </div>
      {event.errorMessage !== null && <p className="rounded-md bg-bad-soft p-3 break-words text-bad">{event.errorMessage}</p>}
      <Facts
        facts={[
          ['Tenant', event.tenant.name],
          ['Occurred', <Time key="at" at={event.occurredAt} style="second" />],
          ['Recorded', <Time key="at" at={event.recordedAt} style="second" />],
          ['Latency', event.latencyMs === null ? null : `${formatCount(event.latencyMs)} ms`],
          ['Status code', event.statusCode],
          ['Service tier', event.serviceTier],
          ['Speed', event.speed],
          ['Region', event.region],
          ['Quantity', event.quantity === null ? null : formatDecimal(event.quantity)],
          ['Description', event.description],
          ['Resource', event.resourceId === null ? event.resourceType : `${event.resourceType ?? ''} ${event.resourceId}`],
          ['Reservation', event.reservationId],
          ['Idempotency key', event.idempotencyKey],
        ]}
      />
      <Part title="Tokens and units">
        {pools.length === 0 && units.length === 0 ? (
          <p className="text-muted">The event has no tokens and no units.</p>
        ) : (
          <Facts
            facts={[
              ...pools.map(([pool, count]) => [capitalized(poolLabel(pool)), formatCount(count)] as const),
              ...(tokens === null ? [] : [['Total tokens', formatCount(tokens.total)] as const]),
              ...units.map(
                ({ kind, variant, quantity }) => [`${kind.replaceAll('_', ' ')}${variant === null ? '' : ` (${variant})`}`, formatDecimal(quantity)] as const,
              ),
            ]}
          />
        )}
      </Part>
      <EventCharges event={event} explanation={explanation} />
      {readsCredits && (
        <Part title="Credits">
          <EventCredits event={event} />
        </Part>
      )}
      <Part title="Metadata">
        <Facts
          facts={[
            ['Customer', metadata.customerId],
            ['Organization', metadata.organizationId],
            ['Product', metadata.productId],
            ['Feature', metadata.featureId],
            ['Tier', metadata.subscriptionTier],
            ['Environment', metadata.environment],
            ['Task type', metadata.taskType],
            ['Session', metadata.sessionId],
            ['Trace', metadata.traceId],
            ['Request', metadata.requestId],
            ...Object.entries((metadata.attributes ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)] as const),
          ]}
          empty="The event has no metadata."
        />
      </Part>
    </div>
  )
}
