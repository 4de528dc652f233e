import { useRef, useState } from 'react'
import { useScope } from '../../app/viewer-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { readTypedEvent, textOfPayload } from './corrected-event.ts'
import { REJECTED_EVENT, type RejectedEventQuery, RESEND_REJECTED_EVENT, type ResendRejectedEventMutationVariables } from './rejected-events.operations.ts'

type Rejected = Extract<NonNullable<RejectedEventQuery['node']>, { readonly __typename: 'RejectedEvent' }>
type EventInput = ResendRejectedEventMutationVariables['input']['event']

const TITLE = 'Rejected event'

export interface RejectedDialogProps {
  readonly id: string
  /** The event was refused again, so the reason and the number of attempts may have changed. */
  readonly onRefused: () => void
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** One rejected event: why it was rejected, what was sent, and a way to send it again. */
export function RejectedDialog({ id, onRefused, onDone, onClose }: RejectedDialogProps) {
  const read = useRead(REJECTED_EVENT, { id })
  const maySend = useScope('usage:write')
  const found = read.data?.node
  const refused = () => {
    read.refresh()
    onRefused()
  }
  if (maySend && found?.__typename === 'RejectedEvent' && found.resolvedAt === null)
    return <Resend rejected={found} onRefused={refused} onDone={onDone} onClose={onClose} />
  return (
    <Dialog title={TITLE} isOpen onClose={onClose} isWide isToRead>
      <Shown read={read} lines={6}>
        {({ node }) =>
          node?.__typename === 'RejectedEvent' ? (
            <>
              <RejectionFacts rejected={node} />
              {node.payload === null ? (
                <p className="text-muted">What was sent was too large to keep.</p>
              ) : (
                <Code label="What was sent" text={JSON.stringify(node.payload, null, 2)} />
              )}
            </>
          ) : (
            <Empty title="There is no such rejected event.">It may belong to a tenant that you cannot see.</Empty>
          )
        }
      </Shown>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}

/** Sends it again: unchanged, or as it was corrected. */
function Resend({ rejected, onRefused, onDone, onClose }: Omit<RejectedDialogProps, 'id'> & { readonly rejected: Rejected }) {
  const { id, payload } = rejected
  const sent = textOfPayload(payload)
  const [text, setText] = useState(sent)
  const said = useRef('')
  const [resend] = useChange(RESEND_REJECTED_EVENT)
  const isCorrected = payload === null || text !== sent
  const send = async (): Promise<Problem | undefined> => {
    // Unchanged, the server sends what it kept, with every digit.
    const typed = isCorrected ? readTypedEvent(text) : undefined
    if (typed?.problem !== undefined) return { message: typed.problem, fields: new Map([['event', typed.problem]]) }
    const changed = await resend({ input: { id, ...(typed !== undefined && { event: typed.event as EventInput }) } })
    const answer = changed.data?.resendRejectedEvent
    if (answer?.__typename !== 'ResendRejectedEventPayload') {
      // Without an answer, reading the event again would fail too, and close this dialog.
      if (answer !== undefined) onRefused()
      return problemOf(changed, ({ resendRejectedEvent }) => resendRejectedEvent)
    }
    const { outcome, reason, issues } = answer.result
    if (outcome === 'ACCEPTED' || outcome === 'DUPLICATE') {
      said.current = outcome === 'ACCEPTED' ? 'The event was recorded.' : 'The same event had been recorded before. Nothing was counted twice.'
      return undefined
    }
    onRefused()
    return { message: reason ?? 'The event was not recorded.', fields: new Map(issues.map(({ path, message }) => [path, message])) }
  }
  return (
    <FormDialog
      title={TITLE}
      about="Send it again unchanged once the cause is fixed, or correct it first. An accepted event is recorded once."
      submitText={isCorrected ? 'Send the corrected event' : 'Send it again'}
      isWide
      isToRead
      known={['event']}
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <RejectionFacts rejected={rejected} />
          <TextAreaField
            label={payload === null ? 'Event to send instead' : 'What was sent'}
            hint={payload === null ? 'What was sent was too large to keep.' : 'As JSON, with the fields of trackUsage.'}
            rows={Math.min(24, Math.max(8, sent.split('\n').length + 1))}
            spellCheck={false}
            autoComplete="off"
            error={errorOf('event')}
            value={text}
            onChange={({ target: { value } }) => setText(value)}
          />
        </>
      )}
    </FormDialog>
  )
}

function RejectionFacts({ rejected: { tenant, idempotencyKey, reason, rejectedAt, attempts, resolvedAt } }: { readonly rejected: Rejected }) {
  return (
    <>
      <p className="rounded-md bg-bad-soft px-3 py-2 break-words text-bad">{reason}</p>
      <Facts
        facts={[
          ['Tenant', tenant.name],
          ['Rejected', <Time key="at" at={rejectedAt} style="second" />],
          ['Times sent', formatCount(attempts)],
          ['Idempotency key', idempotencyKey],
          ['Accepted', resolvedAt === null ? null : <Time key="at" at={resolvedAt} style="second" />],
        ]}
      />
    </>
  )
}
