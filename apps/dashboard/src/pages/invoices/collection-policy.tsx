import { useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { COLLECTION_POLICY, type CollectionPolicyQuery, SET_COLLECTION_POLICY } from './invoices.operations.ts'

type Policy = CollectionPolicyQuery['collectionPolicy']

/** What happens when an invoice of the tenant is not paid. */
export function CollectionPolicy({ tenantId, onDone }: { readonly tenantId: string; readonly onDone: (said: string) => void }) {
  const { kind } = useViewer()
  const maySet = useScope('billing:write') && kind === 'OPERATOR'
  const read = useRead(COLLECTION_POLICY, { tenantId })
  const [isEditing, setEditing] = useState(false)
  return (
    <Card title="If an invoice is not paid" actions={maySet && read.data !== undefined && <Button onClick={() => setEditing(true)}>Change the policy</Button>}>
      <Shown read={read}>
        {({ collectionPolicy: policy }) => (
          <>
            <Facts
              facts={[
                ['Reminders', policy.reminderDays.length === 0 ? 'none' : policy.reminderDays.map(dayText).join(', ')],
                ['Late fee', feeText(policy)],
                ['Late fees begin', policy.lateFee === null ? null : `${formatCount(policy.graceDays)} days after the due date`],
                ['Uncollectible', policy.uncollectibleAfterDays === null ? 'never' : `${formatCount(policy.uncollectibleAfterDays)} days after the due date`],
              ]}
            />
            {isEditing && (
              <PolicyDialog
                tenantId={tenantId}
                policy={policy}
                onDone={() => {
                  setEditing(false)
                  read.refresh()
                  onDone('The collection policy was changed.')
                }}
                onClose={() => setEditing(false)}
              />
            )}
          </>
        )}
      </Shown>
    </Card>
  )
}

function dayText(day: number): string {
  return day === 0 ? 'on the due date' : `${formatCount(Math.abs(day))} days ${day < 0 ? 'before' : 'after'} it`
}

function feeText({ lateFee }: Policy): string {
  if (lateFee === null) return 'none'
  const every = lateFee.everyDays === null ? 'once' : `every ${formatCount(lateFee.everyDays)} days`
  return `${formatDecimal(lateFee.value)} (${wordOf(lateFee.kind)}), ${every}`
}

interface PolicyDialogProps {
  readonly tenantId: string
  readonly policy: Policy
  readonly onDone: () => void
  readonly onClose: () => void
}

function PolicyDialog({ tenantId, policy, onDone, onClose }: PolicyDialogProps) {
  const [graceDays, setGraceDays] = useState(String(policy.graceDays))
  const [reminders, setReminders] = useState(policy.reminderDays.join(', '))
  const [uncollectible, setUncollectible] = useState(policy.uncollectibleAfterDays === null ? '' : String(policy.uncollectibleAfterDays))
  const [set] = useChange(SET_COLLECTION_POLICY)
  const send = async () => {
    const reminderDays = reminders.split(',').flatMap(day => (day.trim() === '' ? [] : [Number(day)]))
    const uncollectibleAfterDays = uncollectible.trim() === '' ? null : Number(uncollectible)
    const { kind, value, everyDays, compound, maximumPercent } = policy.lateFee ?? {}
    const lateFee = kind === undefined || value === undefined ? null : { kind, value, everyDays, compound, maximumPercent }
    const changed = await set({ input: { tenantId, graceDays: Number(graceDays), reminderDays, uncollectibleAfterDays, lateFee } })
    return problemOf(changed, ({ setCollectionPolicy }) => setCollectionPolicy)
  }
  return (
    <FormDialog
      title="Change the collection policy"
      about={`For the invoices of ${tenantId} that are open, and for later ones. The late fee stays as it is; change it over GraphQL.`}
      submitText="Change the policy"
      known={['graceDays', 'reminderDays', 'uncollectibleAfterDays']}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <>
          <TextField
            label="Reminders"
            hint="Days from the due date, with commas: -3, 0, 7. Negative before it."
            error={errorOf('reminderDays')}
            value={reminders}
            onChange={({ target: { value } }) => setReminders(value)}
          />
          <TextField
            label="Days before late fees begin"
            type="number"
            required
            error={errorOf('graceDays')}
            value={graceDays}
            onChange={({ target: { value } }) => setGraceDays(value)}
          />
          <TextField
            label="Days until an invoice is uncollectible"
            hint="Empty for never."
            type="number"
            error={errorOf('uncollectibleAfterDays')}
            value={uncollectible}
            onChange={({ target: { value } }) => setUncollectible(value)}
          />
        </>
      )}
    </FormDialog>
  )
}
