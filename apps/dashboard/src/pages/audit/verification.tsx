import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { formatCount } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { VERIFICATION } from './audit.operations.ts'

/** Verifies the log when asked, because it reads all of it. */
export function Verification() {
  const { tenantId } = useTenant()
  const [isAsked, setAsked] = useState(false)
  const read = useRead(VERIFICATION, { tenantId: tenantId ?? null }, { isPaused: !isAsked })
  return (
    <Card
      title="Is the log complete and unchanged?"
      actions={
        <Button disabled={isAsked && read.isLoading} onClick={() => (isAsked ? read.refresh() : setAsked(true))}>
          {isAsked && read.isLoading ? 'Verifying …' : 'Verify'}
        </Button>
      }
    >
      {isAsked ? (
        <Shown read={read}>
          {({ auditVerification: { valid, events, archivedEvents, checkpoints, firstInvalid } }) => (
            <p role="status" className="flex flex-wrap items-baseline gap-2">
              <Badge tone={valid ? 'good' : 'bad'}>{valid ? 'complete and unchanged' : 'broken'}</Badge>
              {firstInvalid === null
                ? `${formatCount(events)} events and ${formatCount(checkpoints)} signed checkpoints agree.`
                : `First broken place: ${placeOf(firstInvalid)}. ${firstInvalid.message} The ${formatCount(events)} events before it are intact.`}
              {archivedEvents > 0 && ` ${formatCount(archivedEvents)} older events are in archives only.`}
            </p>
          )}
        </Shown>
      ) : (
        <p className="text-muted">Each event carries the hash of the one before it, and signed checkpoints hold their number. Verifying compares them all.</p>
      )}
    </Card>
  )
}

function placeOf({ sequence, lastSequence }: { readonly sequence: number; readonly lastSequence: number }): string {
  return sequence === lastSequence ? `event ${formatCount(sequence)}` : `events ${formatCount(sequence)} to ${formatCount(lastSequence)}`
}
