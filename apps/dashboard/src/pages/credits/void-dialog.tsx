import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { VOID_CREDIT_GRANT } from './credits.operations.ts'

export interface VoidDialogProps {
  readonly grant: { readonly id: string; readonly remaining: string }
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Takes away what is left of a grant, or a part of it, with a reason. */
export function VoidDialog({ grant: { id, remaining }, onDone, onClose }: VoidDialogProps) {
  const { form, field } = useForm({ amount: '', reason: '' })
  const [send] = useChange(VOID_CREDIT_GRANT)
  const amount = textOrNull(form.amount)
  const taken = formatDecimal(amount ?? remaining)
  return (
    <FormDialog
      title="Void the grant"
      about={`What usage has spent stays spent. ${formatDecimal(remaining)} credits are left of it. This cannot be undone.`}
      submitText={`Void ${taken} credits`}
      look="danger"
      known={['amount', 'reason']}
      send={async () =>
        problemOf(await send({ input: { id, amount, reason: form.reason.trim() } }), ({ voidCreditGrant }) => voidCreditGrant, { GrantSpentError: 'amount' })
      }
      onDone={() => onDone(`${taken} credits were voided.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField label="Credits to void" hint="Empty for all that is left." inputMode="decimal" error={errorOf('amount')} {...field('amount')} />
          <TextField label="Reason" hint="The ledger and the audit log keep it." required error={errorOf('reason')} {...field('reason')} />
        </>
      )}
    </FormDialog>
  )
}
