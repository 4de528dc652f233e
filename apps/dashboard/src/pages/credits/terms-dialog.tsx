import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { type OneWalletQuery, SET_WALLET_TERMS, type SetWalletTermsMutationVariables } from './credits.operations.ts'

type WhenEmpty = NonNullable<SetWalletTermsMutationVariables['input']['whenEmpty']>

const CHOICES: readonly { readonly value: WhenEmpty; readonly label: string }[] = [
  { value: 'BLOCK', label: 'Refuse requests' },
  { value: 'OVERDRAFT', label: 'Allow them up to a limit' },
  { value: 'ALLOW', label: 'Allow them; what they need is owed' },
]

export interface TermsDialogProps {
  readonly tenantId: string
  readonly customerId: string | null
  readonly wallet: NonNullable<OneWalletQuery['wallet']>
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes what happens when a wallet is empty, and when it alerts. */
export function TermsDialog({ tenantId, customerId, wallet, onDone, onClose }: TermsDialogProps) {
  const [whenEmpty, setWhenEmpty] = useState<WhenEmpty>(wallet.whenEmpty)
  const [overdraft, setOverdraft] = useState(wallet.overdraftLimit ?? '')
  const [alertBelow, setAlertBelow] = useState(wallet.alertBelow.join(', '))
  const [daysLeft, setDaysLeft] = useState(wallet.alertDaysLeft === null ? '' : String(wallet.alertDaysLeft))
  const [set] = useChange(SET_WALLET_TERMS)
  const send = async () => {
    const below = alertBelow.split(',').flatMap(one => (one.trim() === '' ? [] : [one.trim()]))
    const overdraftLimit = whenEmpty === 'OVERDRAFT' ? overdraft.trim() : null
    const alertDaysLeft = daysLeft.trim() === '' ? null : Number(daysLeft)
    const changed = await set({
      input: { tenantId, customerId, whenEmpty, alertBelow: below, alertDaysLeft, ...(overdraftLimit !== null && { overdraftLimit }) },
    })
    return problemOf(changed, ({ setWalletTerms }) => setWalletTerms)
  }
  return (
    <FormDialog
      title="Change the terms of the wallet"
      about={`They apply to the wallet of ${customerId ?? 'the tenant'} from the next request on. What was spent or is owed stays.`}
      submitText="Change the terms"
      known={['whenEmpty', 'whenEmpty.limit', 'overdraftLimit', 'alertBelow', 'alertDaysLeft']}
      send={send}
      onDone={() => onDone('The terms of the wallet were changed.')}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <SelectField
            label="When it is empty"
            choices={CHOICES}
            error={errorOf('whenEmpty')}
            value={whenEmpty}
            onChange={({ target: { value } }) => setWhenEmpty(value as WhenEmpty)}
          />
          {whenEmpty === 'OVERDRAFT' && (
            <TextField
              label="Credits that may be owed"
              inputMode="decimal"
              required
              error={errorOf('overdraftLimit') ?? errorOf('whenEmpty.limit')}
              value={overdraft}
              onChange={({ target: { value } }) => setOverdraft(value)}
            />
          )}
          <TextField
            label="Alert when fewer credits are left than"
            hint="One or several amounts, with commas. Empty for none."
            error={errorOf('alertBelow')}
            value={alertBelow}
            onChange={({ target: { value } }) => setAlertBelow(value)}
          />
          <TextField
            label="Alert when credits last fewer days than"
            hint="At the pace of the last days. Empty for none."
            type="number"
            error={errorOf('alertDaysLeft')}
            value={daysLeft}
            onChange={({ target: { value } }) => setDaysLeft(value)}
          />
        </>
      )}
    </FormDialog>
  )
}
