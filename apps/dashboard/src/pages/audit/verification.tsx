import { useEffect, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { useTenant } from '../../app/tenant-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { formatCount } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { VERIFICATION, type VerificationSubscription } from './audit.operations.ts'

type Update = VerificationSubscription['auditVerification']

/** Verifies the log when asked, because it reads all of it, and shows how far it is. */
export function Verification() {
  const { tenantId } = useTenant()
  const client = useClient()
  // How often it was asked.
  const [asked, setAsked] = useState(0)
  const [update, setUpdate] = useState<Update>()
  const [error, setError] = useState<CombinedError>()
  useEffect(() => {
    if (asked === 0) return undefined
    setUpdate(undefined)
    setError(undefined)
    const { unsubscribe } = client.subscription<VerificationSubscription>(VERIFICATION, { tenantId: tenantId ?? null }).subscribe(answer => {
      if (answer.error !== undefined) setError(answer.error)
      else if (answer.data !== undefined) setUpdate(answer.data.auditVerification)
    })
    return unsubscribe
  }, [client, tenantId, asked])
  const isRunning = asked > 0 && error === undefined && (update?.result ?? null) === null
  const ask = () => setAsked(asked + 1)
  return (
    <Card
      title="Is the log complete and unchanged?"
      actions={
        <Button disabled={isRunning} onClick={ask}>
          {isRunning ? 'Verifying …' : 'Verify'}
        </Button>
      }
    >
      {asked === 0 ? (
        <p className="text-muted">Each event carries the hash of the one before it, and signed checkpoints hold their number. Verifying compares them all.</p>
      ) : error !== undefined ? (
        <Failed error={error} onRetry={ask} />
      ) : update === undefined ? (
        <Loading what="Verifying" lines={1} />
      ) : update.result === null ? (
        <Progress {...update} />
      ) : (
        <Result result={update.result} />
      )}
    </Card>
  )
}

function Progress({ verified, total }: Pick<Update, 'verified' | 'total'>) {
  return (
    <div className="flex flex-col gap-1">
      <Meter label="Verified events" isProgress percent={total === 0 ? 0 : (verified / total) * 100} />
      <span className="text-xs text-muted tabular-nums">{`${formatCount(verified)} of ${formatCount(total)} events`}</span>
    </div>
  )
}

function Result({ result: { valid, events, archivedEvents, checkpoints, firstInvalid } }: { readonly result: NonNullable<Update['result']> }) {
  return (
    <p role="status" className="flex flex-wrap items-baseline gap-2">
      <Badge tone={valid ? 'good' : 'bad'}>{valid ? 'complete and unchanged' : 'broken'}</Badge>
      {firstInvalid === null
        ? `${counted(events, 'event')} and ${counted(checkpoints, 'signed checkpoint')} agree.`
        : `First broken place: ${placeOf(firstInvalid)}. ${firstInvalid.message} What comes before it is intact: ${counted(events, 'event')}.`}
      {archivedEvents > 0 && ` ${formatCount(archivedEvents)} older events are in archives only.`}
    </p>
  )
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}

function placeOf({ sequence, lastSequence }: { readonly sequence: number; readonly lastSequence: number }): string {
  return sequence === lastSequence ? `event ${formatCount(sequence)}` : `events ${formatCount(sequence)} to ${formatCount(lastSequence)}`
}
