import { useId, useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { TRANSFER_CREDITS, WALLET_BALANCE } from './credit-rules.operations.ts'
import { WALLETS } from './credits.operations.ts'

const FIELDS = ['fromCustomerId', 'toCustomerId', 'amount', 'description']
const MAX_SUGGESTIONS = 100

export interface TransferDialogProps {
  readonly tenantId: string
  /** The customer whose wallet gives the credits; empty for the tenant itself. */
  readonly customerId: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Moves credits from one wallet of a tenant to another. The same dialog moves them once, however often it is sent. */
export function TransferDialog({ tenantId, customerId, onDone, onClose }: TransferDialogProps) {
  const { form, field } = useForm({ from: customerId, to: '', amount: '', description: '' })
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const [transfer] = useChange(TRANSFER_CREDITS)
  const wallets = useRead(WALLETS, { tenantId, first: MAX_SUGGESTIONS }).data?.wallets.nodes ?? []
  const suggestions = useId()
  const [from, to, amount] = [textOrNull(form.from), textOrNull(form.to), form.amount.trim()]
  const send = async () => {
    const input = { tenantId, fromCustomerId: from, toCustomerId: to, amount, idempotencyKey, description: textOrNull(form.description) }
    return problemOf(await transfer({ input }), ({ transferCredits }) => transferCredits, { CreditsExceededError: 'amount' })
  }
  return (
    <FormDialog
      title="Transfer credits"
      about="The credits keep their priority and when they expire. A customer without a wallet gets one."
      submitText="Transfer them"
      known={FIELDS}
      send={send}
      onDone={() => onDone(`${formatDecimal(amount)} credits were moved from ${ownerOf(from)} to ${ownerOf(to)}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="From the customer"
              hint="Empty for the tenant itself."
              list={suggestions}
              autoComplete="off"
              error={errorOf('fromCustomerId')}
              {...field('from')}
            />
            <TextField
              label="To the customer"
              hint="Empty for the tenant itself."
              list={suggestions}
              autoComplete="off"
              error={errorOf('toCustomerId')}
              {...field('to')}
            />
            <TextField label="Credits" inputMode="decimal" required error={errorOf('amount')} {...field('amount')} />
            <TextField label="What for" error={errorOf('description')} {...field('description')} />
          </div>
          <datalist id={suggestions}>
            {wallets.flatMap(wallet => (wallet.customerId === null ? [] : [<option key={wallet.id} value={wallet.customerId} />]))}
          </datalist>
          <div aria-live="polite" className="rounded-md bg-sunken p-3">
            <Balance tenantId={tenantId} customerId={from} />
            <Balance tenantId={tenantId} customerId={to} />
          </div>
        </>
      )}
    </FormDialog>
  )
}

function Balance({ tenantId, customerId }: { readonly tenantId: string; readonly customerId: string | null }) {
  const { data } = useRead(WALLET_BALANCE, { tenantId, customerId })
  if (data === undefined) return null
  const has = data.wallet === null ? 'has no wallet yet' : `has ${formatDecimal(data.wallet.available)} credits available`
  return <p className="break-words">{`${capital(ownerOf(customerId))} ${has}.`}</p>
}

function ownerOf(customerId: string | null): string {
  return customerId ?? 'the tenant itself'
}

function capital(text: string): string {
  return text === 'the tenant itself' ? 'The tenant itself' : text
}
