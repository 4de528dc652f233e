import { useRef } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { useForm } from '../../ui/use-form.ts'
import { ERASE_AUDIT_SUBJECT } from './audit.operations.ts'
import { EventsOfPerson } from './events-of-person.tsx'

export interface EraseDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Erases the personal data of a person from the log, after the id was typed twice. */
export function EraseDialog({ onDone, onClose }: EraseDialogProps) {
  const { tenantId } = useTenant()
  const { form, field } = useForm({ subject: '', confirmation: '' })
  const said = useRef('')
  const [erase] = useChange(ERASE_AUDIT_SUBJECT)
  const subjectId = form.subject.trim()
  const log = tenantId === undefined ? 'the log of the installation' : `the log of ${tenantId}`
  const send = async () => {
    const changed = await erase({ input: { tenantId: tenantId ?? null, subjectId } })
    const result = changed.data?.eraseAuditSubject
    if (result?.__typename === 'EraseAuditSubjectPayload') {
      const event = `Event ${formatCount(result.event.sequence)} records it.`
      said.current = result.erased
        ? `The personal data of ${subjectId} was erased from ${log}. ${event}`
        : `There was no readable personal data of ${subjectId} in ${log}. ${event}`
    }
    return problemOf(changed, ({ eraseAuditSubject }) => eraseAuditSubject)
  }
  return (
    <FormDialog
      title="Erase personal data"
      about={`Destroys the key with which the personal data of one person is encrypted in ${log}. Nobody can restore it.`}
      submitText="Erase permanently"
      look="danger"
      isIdle={subjectId === '' || form.confirmation.trim() !== subjectId}
      known={['subjectId']}
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            <p className="font-medium">This cannot be undone.</p>
            <ul className="list-disc pl-5">
              <li>
                Erased: IP addresses, user agents, personal details, and changed fields with names like email. Exports and archives become unreadable for this
                data too.
              </li>
              <li>Kept: the events, who did what and when, ids and error messages. The log still verifies.</li>
              <li>
                Not erased: other logs, usage events, database backups, and exports made with <code>--personal-data</code>.
              </li>
            </ul>
          </div>
          <TextField
            label="Person id"
            hint={
              <>
                The <code>subjectId</code> of the events, or the actor id if they have none.
              </>
            }
            required
            maxLength={255}
            autoComplete="off"
            error={errorOf('subjectId')}
            {...field('subject')}
          />
          <EventsOfPerson id={subjectId} />
          <TextField label="Type the id again to confirm" required autoComplete="off" {...field('confirmation')} />
        </>
      )}
    </FormDialog>
  )
}
