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
import { laterLocal } from './later-local.ts'
import { progressOf } from './progress.ts'
import { ADVANCE_TEST_CLOCK, type AdvanceTestClockMutation, type TestClocksQuery } from './test-clocks.operations.ts'

export type ShownClock = NonNullable<TestClocksQuery['testClocks']>[number]
type Advanced = Extract<AdvanceTestClockMutation['advanceTestClock'], { readonly __typename: 'AdvanceTestClockPayload' }>

const REFRESH_MS = 1_000

const STEPS = [
  { label: '+1 day', days: 1, months: 0 },
  { label: '+1 week', days: 7, months: 0 },
  { label: '+1 month', days: 0, months: 1 },
  { label: '+1 year', days: 0, months: 12 },
] as const

export interface AdvanceDialogProps {
  /** The clock as it is now: read again while it is being advanced. */
  readonly clock: ShownClock
  readonly refresh: () => void
  readonly onClose: (said?: string) => void
}

/** Advances a clock. Shows its progress, and then what was done. */
export function AdvanceDialog({ clock, refresh, onClose }: AdvanceDialogProps) {
  const { timeZone } = useTenant()
  const { tenant, now, target } = clock
  const hasTarget = now !== target
  // What the server takes is exact; the field is to the minute.
  const [start] = useState(now)
  const [to, setTo] = useState(() => localOf(hasTarget ? target : now, timeZone))
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
      about="Everything that becomes due by then is done in order: trials, renewals, plan changes, credits, invoices, reminders and late fees. A clock cannot be set back, and advances by at most 400 days at a time."
      submitText={isSending ? 'Advancing …' : 'Advance the clock'}
      closeText={isSending ? 'Close' : 'Cancel'}
      known={['to']}
      send={send}
      onDone={refresh}
      onClose={() => onClose()}
    >
      {errorOf => (
        <>
          <Facts
            facts={[
              ['Now', <Time key="now" at={now} />],
              ['Advancing to', hasTarget ? <Time key="target" at={target} /> : null],
            ]}
          />
          <TextField
            label="Advance it to"
            hint={`In ${timeZone}.`}
            type="datetime-local"
            required
            min={localOf(target, timeZone)}
            disabled={isSending}
            error={errorOf('to')}
            value={to}
            onChange={({ target: { value } }) => setTo(value)}
          />
          <div className="flex flex-wrap gap-2">
            {STEPS.map(step => (
              <Button key={step.label} disabled={isSending || to === ''} onClick={() => setTo(laterLocal(to, step))}>
                {step.label}
              </Button>
            ))}
          </div>
          {isSending && <Meter label="Progress" isProgress percent={now === start ? 0 : progressOf(start, { now, target })} />}
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

/** What was done while the clock was advanced. */
function Result({ tenant, advanced: { testClock, invoices, reminders, lateFees, failures }, onClose }: ResultProps) {
  const close = () => onClose(`The clock of ${tenant} was advanced.`)
  return (
    <Dialog title={`The clock of ${tenant} was advanced`} isOpen onClose={close}>
      <Facts
        facts={[
          ['Now', <Time key="now" at={testClock.now} />],
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
