import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { itemsOf, numberOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { type OneWalletQuery, SET_WALLET_TERMS, type SetWalletTermsMutationVariables } from './credits.operations.ts'

type WhenEmpty = NonNullable<SetWalletTermsMutationVariables['input']['whenEmpty']>

const CHOICES: readonly { readonly value: WhenEmpty; readonly label: string }[] = [
  { value: 'BLOCK', label: 'Refuse requests' },
  { value: 'OVERDRAFT', label: 'Allow them up to a limit' },
  { value: 'ALLOW', label: 'Allow them; what they need is owed' },
]
const TOP_UPS = [
  { value: 'off', label: 'Off' },
  { value: 'on', label: 'When the balance is low' },
]
const FIELDS = ['whenEmpty', 'whenEmpty.limit', 'overdraftLimit', 'alertBelow', 'alertDaysLeft', 'alertExpiresWithinDays']
const TOP_UP_FIELDS = ['topUp', 'topUp.threshold', 'topUp.amount', 'topUp.maxPerMonth']

export interface TermsDialogProps {
  readonly tenantId: string
  readonly customerId: string | null
  readonly wallet: NonNullable<OneWalletQuery['wallet']>
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes what happens when a wallet is empty or low, and when it alerts. */
export function TermsDialog({ tenantId, customerId, wallet, onDone, onClose }: TermsDialogProps) {
  const { form, field } = useForm({
    whenEmpty: wallet.whenEmpty,
    overdraft: wallet.overdraftLimit ?? '',
    alertBelow: wallet.alertBelow.join(', '),
    daysLeft: String(wallet.alertDaysLeft ?? ''),
    expiring: String(wallet.alertExpiresWithinDays ?? ''),
    topUp: wallet.topUp === null ? 'off' : 'on',
    threshold: wallet.topUp?.threshold ?? '',
    amount: wallet.topUp?.amount ?? '',
    maxPerMonth: wallet.topUp?.maxPerMonth ?? '',
  })
  const [set] = useChange(SET_WALLET_TERMS)
  const whenEmpty = form.whenEmpty as WhenEmpty
  const send = async () => {
    const { threshold, amount, maxPerMonth } = form
    const input = {
      tenantId,
      customerId,
      whenEmpty,
      ...(whenEmpty === 'OVERDRAFT' && { overdraftLimit: form.overdraft.trim() }),
      alertBelow: itemsOf(form.alertBelow),
      alertDaysLeft: numberOrNull(form.daysLeft),
      alertExpiresWithinDays: numberOrNull(form.expiring),
      topUp: form.topUp === 'off' ? null : { threshold: threshold.trim(), amount: amount.trim(), maxPerMonth: maxPerMonth.trim() },
    }
    return problemOf(await set({ input }), ({ setWalletTerms }) => setWalletTerms)
  }
  return (
    <FormDialog
      title="Change the terms of the wallet"
      about={`They apply to the wallet of ${customerId ?? 'the tenant'} from the next request on. What was spent or is owed stays.`}
      submitText="Change the terms"
      known={[...FIELDS, ...TOP_UP_FIELDS]}
      send={send}
      onDone={() => onDone('The terms of the wallet were changed.')}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <SelectField label="When it is empty" choices={CHOICES} error={errorOf('whenEmpty')} {...field('whenEmpty')} />
          {whenEmpty === 'OVERDRAFT' && (
            <TextField
              label="Credits that may be owed"
              inputMode="decimal"
              required
              error={errorOf('overdraftLimit') ?? errorOf('whenEmpty.limit')}
              {...field('overdraft')}
            />
          )}
          <TextField
            label="Alert when fewer credits are left than"
            hint="One or several amounts, with commas. Empty for none."
            error={errorOf('alertBelow')}
            {...field('alertBelow')}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Alert at days left"
              hint="At the current pace. Empty: never."
              type="number"
              error={errorOf('alertDaysLeft')}
              {...field('daysLeft')}
            />
            <TextField
              label="Alert at days before expiry"
              hint="When credits expire. Empty: never."
              type="number"
              error={errorOf('alertExpiresWithinDays')}
              {...field('expiring')}
            />
          </div>
          <SelectField
            label="Top-up"
            hint="A request goes to your webhooks: buy the credits, and grant them."
            choices={TOP_UPS}
            error={errorOf('topUp')}
            {...field('topUp')}
          />
          {form.topUp === 'on' && (
            <div className="grid gap-4 sm:grid-cols-3">
              <TextField label="When left, at most" inputMode="decimal" required error={errorOf('topUp.threshold')} {...field('threshold')} />
              <TextField label="Credits to request" inputMode="decimal" required error={errorOf('topUp.amount')} {...field('amount')} />
              <TextField label="At most a month" inputMode="decimal" required error={errorOf('topUp.maxPerMonth')} {...field('maxPerMonth')} />
            </div>
          )}
        </>
      )}
    </FormDialog>
  )
}
