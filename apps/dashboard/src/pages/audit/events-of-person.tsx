import { useEffect, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { formatTime } from '../../ui/format.ts'
import { TRAIL } from './audit.operations.ts'

const WAIT_MS = 400
const SHOWN = 3
/** As far back as the API looks. */
const DAYS = 3_660

/** The last events that a person did, so that a wrong id is noticed before its data is erased. */
export function EventsOfPerson({ id }: { readonly id: string }) {
  const { tenantId, timeZone } = useTenant()
  const settled = useSettled(id)
  const { data } = useRead(TRAIL, { tenantId: tenantId ?? null, days: DAYS, filter: { actorIds: [settled] }, first: SHOWN }, { isPaused: settled === '' })
  const isCurrent = settled !== '' && settled === id
  return (
    <div role="status" className="min-h-5 text-muted">
      {isCurrent &&
        data !== undefined &&
        (data.list.nodes.length === 0 ? (
          <p className="break-words">{`${id} did nothing in this log. It may still be the subject of its events.`}</p>
        ) : (
          <>
            <p className="break-words">{`The last that ${id} did in this log:`}</p>
            <ul className="list-disc pl-5">
              {data.list.nodes.map(({ id: event, eventType, occurredAt }) => (
                <li key={event} className="break-words">{`${eventType}, ${formatTime(occurredAt, timeZone)}`}</li>
              ))}
            </ul>
          </>
        ))}
    </div>
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
