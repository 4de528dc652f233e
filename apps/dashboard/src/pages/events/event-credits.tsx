import { Link } from '@tanstack/react-router'
import { useRead } from '../../graphql/use-read.ts'
import { Facts } from '../../ui/facts.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import type { EventDetails } from './event-details.ts'
import { EVENT_CREDITS } from './events.operations.ts'

/** The debit is recorded in the transaction of the event: at the same time, but for the clock's reading. */
const WITHIN_MS = 2_000

/** What the event took from the wallet of its tenant or of its customer. */
export function EventCredits({ event: { id, tenant, recordedAt, metadata, creditsSent } }: Pick<EventDetails, 'event'>) {
  const at = Date.parse(recordedAt)
  const read = useRead(EVENT_CREDITS, {
    tenantId: tenant.id,
    customerId: metadata.customerId,
    hasCustomer: metadata.customerId !== null,
    range: { from: new Date(at - WITHIN_MS).toISOString(), to: new Date(at + WITHIN_MS).toISOString() },
  })
  return (
    <Shown read={read}>
      {({ ofTenant, ofCustomer }) => {
        const entries = [
          ...ofTenant.nodes.map(entry => ({ ...entry, wallet: tenant.name })),
          ...(ofCustomer?.nodes ?? []).map(entry => ({ ...entry, wallet: `customer ${metadata.customerId}` })),
        ].filter(({ eventId }) => eventId === id)
        if (entries.length === 0) return <p className="text-muted">The event took no credits.</p>
        return (
          <>
            <Facts
              facts={[
                ...entries.flatMap(({ kind, amount, balanceAfter, wallet }) => [
                  [wordOf(kind), `${formatDecimal(amount)} credits, from the wallet of ${wallet}`] as const,
                  ['Balance after', formatDecimal(balanceAfter)] as const,
                ]),
                ['Sent with the event', creditsSent === null ? null : formatDecimal(creditsSent)],
              ]}
            />
            <Link to="/credits" search={{ tenant: tenant.id }} className="mt-2 inline-block text-accent underline">
              See the wallet
            </Link>
          </>
        )
      }}
    </Shown>
  )
}
