import { useEffect, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Time } from '../../ui/time.tsx'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { laterLocal, progressOf, STEPS } from './later-local.ts'
import { ADVANCE_TEST_CLOCK, type AdvanceTestClockMutation, type TestClocksQuery } from './test-clocks.operations.ts'

export type ShownClock = NonNullable<TestClocksQuery['testClocks']>[number]
type Advanced = Extract<AdvanceTestClockMutation['advanceTestClock'], { readonly __typename: 'AdvanceTestClockPayload' }>

const REFRESH_MS = 1_000

export interface AdvanceDialogProps {
  /** The clock as it is now: read again while it is being advanced. */
  readonly clock: ShownClock
  readonly refresh: () => void
  readonly onClose: (said?: string) => void
}

/** Advances a clock. Shows how far it is, and then what happened on the way. */
export function AdvanceDialog({ clock, refresh, onClose }: AdvanceDialogProps) {
  const { timeZone } = useTenant()
  const { tenant, now, target } = clock
  const isInterrupted = now !== target
  // What the server takes is exact; the field is to the minute.
  const [start] = useState(now)
  const [to, setTo] = useState(() => localOf(isInterrupted ? target : now, timeZone))
  const [advanced, setAdvanced] = useState<Advanced>()
  const [advance, isSending] = useChange(ADVANCE_TEST_CLOCK)
  useEffect(() => {
    if (!isSending) return undefined
    const timer = setInterval(refresh, REFRESH_MS)
    return () => clearInterval(timer)
  }, [isSending, refresh])

  const send = async () => {
    const isUnchanged = to === localOf(target, timeZone)
    const changed = await advance({ input: { tenantId: tenant.id, to: isUnchanged ? target : (instantOf(to, timeZone) ?? to) } })
    const result = changed.data?.advanceTestClock
    if (result?.__typename === 'AdvanceTestClockPayload') setAdvanced(result)
    return problemOf(changed, ({ advanceTestClock }) => advanceTestClock)
  }
  if (advanced !== undefined) return <Result tenant={tenant.name} advanced={advanced} onClose={onClose} />
  return (
    <FormDialog
      title={`Advance the clock of ${tenant.name}`}
      about="On the way, everything is done that becomes due: trials, renewals, changes of plan, credits, invoices, reminders and late fees. It cannot be turned back, and goes 400 days at once at most."
      submitText={isSending ? 'Advancing …' : 'Advance the clock'}
      closeText={isSending ? 'Close' : 'Cancel'}
      isIdle={to === localOf(now, timeZone) && !isInterrupted}
      known={['to']}
      send={send}
      onDone={refresh}
      onClose={() => onClose()}
    >
      {errorOf => (
        <>
          <Facts
            facts={[
              ['It shows', <Time key="now" at={now} />],
              ['On its way to', isInterrupted ? <Time key="target" at={target} /> : null],
            ]}
          />
          <TextField
            label="Advance it to"
            hint={`In ${timeZone}.`}
            type="datetime-local"
            required
            disabled={isSending}
            error={isSending ? undefined : errorOf('to')}
            value={to}
            onChange={({ target: { value } }) => setTo(value)}
          />
          <div className="flex flex-wrap gap-2">
            {STEPS.map(step => (
              <Button key={step.label} disabled={isSending || to === ''} aria-label={`${step.label} later`} onClick={() => setTo(laterLocal(to, step))}>
                {`+ ${step.label.toLowerCase()}`}
              </Button>
            ))}
          </div>
          {isSending && <Meter label="How far the clock is" isProgress percent={isInterrupted ? progressOf(start, { now, target }) : 0} />}
        </>
      )}
    </FormDialog>
  )
}

interface ResultProps {
  readonly tenant: string
  readonly advanced: Advanced
  readonly onClose: AdvanceDialogProps['onClose']
}

/** What happened on the way. */
function Result({ tenant, advanced: { testClock, invoices, reminders, lateFees, failures }, onClose }: ResultProps) {
  const close = () => onClose(`The clock of ${tenant} was advanced.`)
  return (
    <Dialog title={`The clock of ${tenant} was advanced`} isOpen onClose={close}>
      <Facts
        facts={[
          ['It shows', <Time key="now" at={testClock.now} />],
          ['Invoices issued', formatCount(invoices)],
          ['Reminders sent', formatCount(reminders)],
          ['Late fees charged', formatCount(lateFees)],
        ]}
      />
      {failures.length > 0 && (
        <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          <p className="font-medium">The tenant could not be billed:</p>
          {failures.map(({ message }) => (
            <p key={message} className="break-words">
              {message}
            </p>
          ))}
        </div>
      )}
      <DialogButtons onClose={close} closeText="Done" />
    </Dialog>
  )
}
