import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { PUBLISH_PLAN, type PublishPlanMutationVariables } from './subscriptions.operations.ts'

type Input = PublishPlanMutationVariables['input']

const FIELDS = ['name', 'title', 'description', 'currency', 'recurringFee', 'feeTiming', 'trialDays', 'rank', 'minimumCommitment', 'creditValue']
const NESTED = ['usageCharges[0].markup.percent', 'seats.included', 'seats.unitPrice', 'creditAllowance.amount', 'creditAllowance.rolloverPercent']

export interface PlanDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes a plan, or its next version. */
export function PlanDialog({ onDone, onClose }: PlanDialogProps) {
  const { form, field } = useForm({
    name: '',
    title: '',
    description: '',
    currency: 'USD',
    recurringFee: '',
    feeInterval: 'MONTH',
    feeTiming: 'IN_ADVANCE',
    seatPrice: '',
    seatsIncluded: '1',
    markup: '',
    minimumCommitment: '',
    credits: '',
    rollover: '',
    creditValue: '',
    trialDays: '0',
    rank: '0',
  })
  const [publish] = useChange(PUBLISH_PLAN)
  const send = async () => {
    const [markup, seatPrice, credits] = [textOrNull(form.markup), textOrNull(form.seatPrice), textOrNull(form.credits)]
    const input: Input = {
      name: form.name.trim(),
      title: form.title.trim(),
      description: textOrNull(form.description),
      currency: form.currency.trim().toUpperCase(),
      feeInterval: form.feeInterval as NonNullable<Input['feeInterval']>,
      feeTiming: form.feeTiming as NonNullable<Input['feeTiming']>,
      recurringFee: textOrNull(form.recurringFee),
      seats: seatPrice === null ? null : { unitPrice: seatPrice, included: numberOrNull(form.seatsIncluded) },
      usageCharges: markup === null ? [] : [{ name: 'markup', markup: { percent: markup } }],
      minimumCommitment: textOrNull(form.minimumCommitment),
      creditAllowance: credits === null ? null : { amount: credits, rolloverPercent: textOrNull(form.rollover) },
      creditValue: textOrNull(form.creditValue),
      trialDays: numberOrNull(form.trialDays),
      rank: numberOrNull(form.rank),
    }
    return problemOf(await publish({ input }), ({ publishBillingPlan }) => publishBillingPlan)
  }
  return (
    <FormDialog
      title="Publish a plan"
      about="Tenants can subscribe to it at once. A name that exists gets its next version, with the quotas of the version before: subscriptions stay on theirs until they are changed. Set its quotas at “Quotas”, and further charges at “Charges” or over GraphQL."
      submitText="Publish the plan"
      isWide
      known={[...FIELDS, ...NESTED]}
      send={send}
      onDone={() => onDone(`The plan ${form.name.trim()} was published.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Name" hint="For programs, such as “team”." required error={errorOf('name')} {...field('name')} />
            <TextField label="Title" hint="For people, on invoices." required error={errorOf('title')} {...field('title')} />
          </div>
          <TextField label="Description" error={errorOf('description')} {...field('description')} />
          <div className="grid gap-4 sm:grid-cols-2 md:grid-cols-3">
            <TextField label="Fee" hint="Empty for none." inputMode="decimal" error={errorOf('recurringFee')} {...field('recurringFee')} />
            <TextField label="Currency" hint="Of all its amounts." required maxLength={3} error={errorOf('currency')} {...field('currency')} />
            <SelectField
              label="Per"
              hint="How often the fee is charged."
              choices={[
                { value: 'MONTH', label: 'Month' },
                { value: 'YEAR', label: 'Year' },
              ]}
              {...field('feeInterval')}
            />
            <SelectField
              label="Charged"
              hint="When the fee is billed."
              choices={[
                { value: 'IN_ADVANCE', label: 'In advance' },
                { value: 'IN_ARREARS', label: 'In arrears' },
              ]}
              error={errorOf('feeTiming')}
              {...field('feeTiming')}
            />
            <TextField label="Price of a seat" hint="Empty if it has none." inputMode="decimal" error={errorOf('seats.unitPrice')} {...field('seatPrice')} />
            {form.seatPrice.trim() !== '' && (
              <TextField label="Seats included" hint="In the fee." type="number" min={0} error={errorOf('seats.included')} {...field('seatsIncluded')} />
            )}
            <TextField
              label="Markup on usage, in percent"
              hint="Empty if it charges no usage."
              inputMode="decimal"
              error={errorOf('usageCharges[0].markup.percent')}
              {...field('markup')}
            />
            <TextField
              label="Least that usage costs a month"
              hint="Empty for none."
              inputMode="decimal"
              error={errorOf('minimumCommitment')}
              {...field('minimumCommitment')}
            />
            <TextField label="Credits a month" hint="Empty for none." inputMode="decimal" error={errorOf('creditAllowance.amount')} {...field('credits')} />
            {form.credits.trim() !== '' && (
              <TextField
                label="Percent that roll over"
                hint="Empty for none."
                inputMode="decimal"
                error={errorOf('creditAllowance.rolloverPercent')}
                {...field('rollover')}
              />
            )}
            <TextField
              label="What a spent credit pays"
              hint="Of charges. Empty for nothing."
              inputMode="decimal"
              error={errorOf('creditValue')}
              {...field('creditValue')}
            />
            <TextField label="Days of trial" hint="0 for none." type="number" min={0} required error={errorOf('trialDays')} {...field('trialDays')} />
            <TextField label="Rank" hint="A higher one is an upgrade." type="number" min={0} required error={errorOf('rank')} {...field('rank')} />
          </div>
        </>
      )}
    </FormDialog>
  )
}
