import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { PUBLISH_MARKUP } from './charges.operations.ts'
import { RULE_SCOPE, RuleScopeFields, scopeOf } from './rule-scope-fields.tsx'

export interface RuleDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes a markup: for the tenant that is looked at, for a plan, or for all. */
export function MarkupDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId, timeZone } = useTenant()
  const { form, field } = useForm({ ...RULE_SCOPE, percent: '', provider: '', model: '' })
  const [publish] = useChange(PUBLISH_MARKUP)
  const send = async () => {
    const input = {
      ...scopeOf(form, tenantId, timeZone),
      percent: form.percent.trim(),
      provider: textOrNull(form.provider),
      model: textOrNull(form.model),
    }
    return problemOf(await publish({ input }), ({ publishMarkup }) => publishMarkup)
  }
  return (
    <FormDialog
      title="Publish a markup"
      about={`It is added to the cost of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`}. What is invoiced already stays. A name that exists gets its next version.`}
      submitText="Publish the markup"
      known={[...Object.keys(RULE_SCOPE), 'percent', 'provider', 'model']}
      send={send}
      onDone={() => onDone(`The markup ${form.name.trim()} was published.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <RuleScopeFields field={field} errorOf={errorOf} timeZone={timeZone} />
          <TextField label="Percent" hint="40 charges 1.40 for a cost of 1." inputMode="decimal" required error={errorOf('percent')} {...field('percent')} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Only for the provider" hint="Empty for every provider." error={errorOf('provider')} {...field('provider')} />
            <TextField label="Only for the model" hint="Empty for every model." error={errorOf('model')} {...field('model')} />
          </div>
        </>
      )}
    </FormDialog>
  )
}
