import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { ROLLOVERS } from './rollovers.ts'
import { SET_ALLOWANCE } from './credit-rules.operations.ts'
import type { OneWalletQuery } from './credits.operations.ts'

export type Allowance = NonNullable<OneWalletQuery['wallet']>['allowances'][number]
type Rollover = Allowance['rollover']['kind']

const FIELDS = ['name', 'amount', 'anchorDay', 'timeZone', 'rollover', 'rollover.max', 'rollover.kind', 'priority', 'startsAt', 'endsAt']

export interface AllowanceDialogProps {
  readonly tenantId: string
  readonly customerId: string | null
  readonly timeZone: string
  /** The allowance to change; undefined for a new one. */
  readonly allowance: Allowance | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Sets credits that a wallet gets each month. */
export function AllowanceDialog({ tenantId, customerId, timeZone, allowance, onDone, onClose }: AllowanceDialogProps) {
  const { form, field } = useForm({
    name: allowance?.name ?? '',
    amount: allowance?.amount ?? '',
    anchorDay: String(allowance?.anchorDay ?? 1),
    timeZone: allowance?.timeZone ?? timeZone,
    rollover: allowance?.rollover.kind ?? 'NONE',
    max: allowance?.rollover.max ?? '',
    priority: String(allowance?.priority ?? 100),
    startsAt: '',
    endsAt: allowance?.endsAt === null || allowance === undefined ? '' : localOf(allowance.endsAt, timeZone),
  })
  const [set] = useChange(SET_ALLOWANCE)
  const kind = form.rollover as Rollover
  const hasMax = kind === 'UP_TO_AMOUNT' || kind === 'UP_TO_PERCENTAGE'
  const send = async () => {
    const input = {
      tenantId,
      customerId,
      name: form.name.trim(),
      amount: form.amount.trim(),
      anchorDay: numberOrNull(form.anchorDay),
      timeZone: textOrNull(form.timeZone),
      rollover: { kind, max: hasMax ? textOrNull(form.max) : null },
      priority: numberOrNull(form.priority),
      startsAt: instantOf(form.startsAt, timeZone) ?? null,
      endsAt: instantOf(form.endsAt, timeZone) ?? null,
    }
    return problemOf(await set({ input }), ({ setCreditAllowance }) => setCreditAllowance)
  }
  return (
    <FormDialog
      title={allowance === undefined ? 'Set an allowance' : `Change the allowance ${allowance.name}`}
      about={
        allowance === undefined
          ? `The wallet of ${customerId ?? 'the tenant'} gets credits at the start of each month, and now for what is left of this one. They expire at its end.`
          : 'The change applies from the next period on. What was given stays. To end the allowance, set when it ends.'
      }
      submitText="Set the allowance"
      known={FIELDS}
      send={send}
      onDone={() => onDone(`The allowance ${form.name.trim()} was set: ${formatDecimal(form.amount.trim())} credits a month.`)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Name"
            hint="Such as the plan that gives it."
            required
            disabled={allowance !== undefined}
            error={errorOf('name')}
            {...field('name')}
          />
          <TextField label="Credits a month" hint="Above 0." inputMode="decimal" required error={errorOf('amount')} {...field('amount')} />
          <SelectField
            label="At the end of the month"
            choices={Object.entries(ROLLOVERS).map(([value, label]) => ({ value, label }))}
            error={errorOf('rollover.kind') ?? errorOf('rollover')}
            {...field('rollover')}
          />
          {hasMax && (
            <TextField
              label={kind === 'UP_TO_AMOUNT' ? 'Credits that stay at most' : 'Percent that stay at most'}
              inputMode="decimal"
              required
              error={errorOf('rollover.max')}
              {...field('max')}
            />
          )}
          <TextField label="Months start on day" hint="1 to 31." type="number" min={1} max={31} required error={errorOf('anchorDay')} {...field('anchorDay')} />
          <TextField label="Time zone" hint="In which they start." required error={errorOf('timeZone')} {...field('timeZone')} />
          <TextField label="Priority" hint="Smaller ones are spent first." type="number" min={0} required error={errorOf('priority')} {...field('priority')} />
          <TextField label="Starts" hint="Empty for now, or the next period." type="datetime-local" error={errorOf('startsAt')} {...field('startsAt')} />
          <TextField label="Ends" hint={`In ${timeZone}. Empty for never.`} type="datetime-local" error={errorOf('endsAt')} {...field('endsAt')} />
        </div>
      )}
    </FormDialog>
  )
}
