import { useEffect, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { messageOf } from '../../graphql/message-of.ts'
import { useRead } from '../../graphql/use-read.ts'
import { formatTime } from '../../ui/format.ts'
import { TRAIL } from './audit.operations.ts'

const WAIT_MS = 400
const SHOWN = 3
/** As far back as the API looks. */
const DAYS = 3_660

/** The latest events of a person, so that a wrong id is noticed before its data is erased. */
export function EventsOfPerson({ id }: { readonly id: string }) {
  const settled = useSettled(id)
  return (
    <div role="status" className="min-h-5 break-words text-muted">
      {settled !== '' && settled === id && <LatestEvents key={settled} id={settled} />}
    </div>
  )
}

/** A component of its own for each id: the events of one person are never shown under the id of another. */
function LatestEvents({ id }: { readonly id: string }) {
  const { tenantId, timeZone } = useTenant()
  const { data, error } = useRead(TRAIL, { tenantId: tenantId ?? null, days: DAYS, filter: { actorIds: [id] }, first: SHOWN })
  if (data === undefined) return error && <p className="text-bad">{messageOf(error)}</p>
  const { nodes } = data.list
  if (nodes.length === 0)
    return (
      <p>
        <code>{id}</code> is not the actor of any event in this log, but may be the subject of some.
      </p>
    )
  return (
    <>
      <p>
        Latest events by <code>{id}</code> in this log:
      </p>
      <ul className="list-disc pl-5">
        {nodes.map(({ id: event, eventType, occurredAt }) => (
          <li key={event}>{`${eventType}, ${formatTime(occurredAt, timeZone)}`}</li>
        ))}
      </ul>
    </>
  )
}

/** Returns a text once nobody has changed it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
