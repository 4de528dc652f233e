import { useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { itemsOf, numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { HOLDS } from './collections.operations.ts'
import { PauseCollectionDialog, ResumeCollectionDialog } from './pause-collection-dialog.tsx'
import { COLLECTION_POLICY, type CollectionPolicyQuery, SET_COLLECTION_POLICY } from './invoices.operations.ts'
import { UntilResumed } from './until-resumed.tsx'

type Policy = CollectionPolicyQuery['collectionPolicy']

/** What happens when an invoice of the tenant is not paid. */
export function CollectionPolicy({ tenantId, onDone }: { readonly tenantId: string; readonly onDone: (said: string) => void }) {
  const { kind } = useViewer()
  const maySet = useScope('billing:write') && kind === 'OPERATOR'
  const read = useRead(COLLECTION_POLICY, { tenantId })
  const [isEditing, setEditing] = useState(false)
  const [isPausing, setPausing] = useState(false)
  const holds = useRead(HOLDS, { tenantId }).data?.collectionHolds ?? []
  const pause = holds.find(({ kind: hold, invoiceId, to }) => hold === 'PAUSE' && invoiceId === null && (to === null || Date.parse(to) > Date.now()))
  const PauseDialog = pause === undefined ? PauseCollectionDialog : ResumeCollectionDialog
  return (
    <Card
      title="If an invoice is not paid"
      actions={
        maySet &&
        read.data !== undefined && (
          <>
            <Button onClick={() => setPausing(true)}>{pause === undefined ? 'Pause collections' : 'Resume collections'}</Button>
            <Button onClick={() => setEditing(true)}>Change the policy</Button>
          </>
        )
      }
    >
      <Shown read={read}>
        {({ collectionPolicy: policy }) => (
          <>
            {pause !== undefined && (
              <p className="mb-2 break-words text-warn">
                Paused <UntilResumed {...pause} />
              </p>
            )}
            {isPausing && <PauseDialog invoiceId={undefined} name="all its invoices" {...{ tenantId, onDone }} onClose={() => setPausing(false)} />}
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

const FEES = [
  { value: '', label: 'None' },
  { value: 'FIXED', label: 'An amount' },
  { value: 'PERCENT', label: 'A percentage of what is overdue' },
] as const
const FEE_FIELDS = ['lateFee', 'lateFee.value', 'lateFee.everyDays', 'lateFee.maximumPercent']

function PolicyDialog({ tenantId, policy, onDone, onClose }: PolicyDialogProps) {
  const { lateFee: fee } = policy
  const { form, field } = useForm({
    graceDays: String(policy.graceDays),
    reminders: policy.reminderDays.join(', '),
    uncollectible: String(policy.uncollectibleAfterDays ?? ''),
    fee: fee?.kind ?? '',
    value: fee?.value ?? '',
    everyDays: String(fee?.everyDays ?? ''),
    compound: fee?.compound === true ? 'yes' : 'no',
    maximumPercent: fee?.maximumPercent ?? '',
  })
  const [set] = useChange(SET_COLLECTION_POLICY)
  const send = async () => {
    const lateFee =
      form.fee === ''
        ? null
        : {
            kind: form.fee as NonNullable<Policy['lateFee']>['kind'],
            value: form.value.trim(),
            everyDays: numberOrNull(form.everyDays),
            compound: form.compound === 'yes',
            maximumPercent: textOrNull(form.maximumPercent),
          }
    const input = {
      tenantId,
      graceDays: Number(form.graceDays),
      reminderDays: itemsOf(form.reminders).map(Number),
      uncollectibleAfterDays: numberOrNull(form.uncollectible),
      lateFee,
    }
    return problemOf(await set({ input }), ({ setCollectionPolicy }) => setCollectionPolicy)
  }
  return (
    <FormDialog
      title="Change the collection policy"
      about={`For the invoices of ${tenantId} that are open, and for later ones. Fees that were charged stay.`}
      submitText="Change the policy"
      known={['graceDays', 'reminderDays', 'uncollectibleAfterDays', ...FEE_FIELDS]}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <>
          <TextField
            label="Reminders"
            hint="Days from the due date, with commas: -3, 0, 7. Negative before it."
            error={errorOf('reminderDays')}
            {...field('reminders')}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField label="Late fee" error={errorOf('lateFee')} choices={FEES} {...field('fee')} />
            {form.fee !== '' && (
              <>
                <TextField
                  label={form.fee === 'FIXED' ? 'Its amount' : 'Its percentage'}
                  inputMode="decimal"
                  required
                  error={errorOf('lateFee.value')}
                  {...field('value')}
                />
                <TextField
                  label="Again every days"
                  hint="Empty for one fee only."
                  type="number"
                  min={1}
                  error={errorOf('lateFee.everyDays')}
                  {...field('everyDays')}
                />
                <TextField
                  label="All fees at most"
                  hint="In percent of the invoice."
                  inputMode="decimal"
                  error={errorOf('lateFee.maximumPercent')}
                  {...field('maximumPercent')}
                />
                {form.fee === 'PERCENT' && (
                  <SelectField
                    label="Of earlier fees too"
                    choices={[
                      { value: 'no', label: 'No' },
                      { value: 'yes', label: 'Yes' },
                    ]}
                    {...field('compound')}
                  />
                )}
                <TextField
                  label="Days before they begin"
                  hint="From the due date on."
                  type="number"
                  min={0}
                  required
                  error={errorOf('graceDays')}
                  {...field('graceDays')}
                />
              </>
            )}
          </div>
          <TextField
            label="Days until an invoice is uncollectible"
            hint="Empty for never."
            type="number"
            error={errorOf('uncollectibleAfterDays')}
            {...field('uncollectible')}
          />
        </>
      )}
    </FormDialog>
  )
}
