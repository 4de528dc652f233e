import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { PUBLISH_DISCOUNT, type PublishDiscountMutationVariables } from './charges.operations.ts'
import { CONDITION_CHOICES, ConditionFields } from './condition-fields.tsx'
import type { ConditionName } from './condition-kinds.ts'
import { conditionOf, conditionPaths, type EffectForm, effectOf, newCondition, type ConditionForm } from './discount-form.ts'
import { EffectFields, effectPaths } from './effect-fields.tsx'
import type { RuleDialogProps } from './markup-dialog.tsx'
import { RULE_SCOPE, RuleScopeFields, scopeOf } from './rule-scope-fields.tsx'

type Input = PublishDiscountMutationVariables['input']

const STACKINGS = [
  { value: 'stackable', label: 'It is added to others' },
  { value: 'exclusive', label: 'It applies alone' },
  { value: 'bestOf', label: 'Only the best of a group applies' },
]

const EFFECT: EffectForm = {
  kind: 'percentage',
  percent: '',
  amount: '',
  basis: 'REMAINING',
  measure: 'SUBTOTAL',
  of: 'PERIOD',
  tiers: [{ from: '0', percent: '' }],
}

/** Publishes a discount: what it takes off, when it applies, and how far it goes. */
export function DiscountDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId, timeZone } = useTenant()
  const { form, field } = useForm({ ...RULE_SCOPE, priority: '0', stacking: 'stackable', group: '', maximum: '', floor: '', budget: '' })
  const [effect, setEffect] = useState(EFFECT)
  const [conditions, setConditions] = useState<readonly (ConditionForm & { readonly id: number })[]>([])
  const [publish] = useChange(PUBLISH_DISCOUNT)
  const stackingOf = (): NonNullable<Input['stacking']> =>
    form.stacking === 'bestOf' ? { bestOf: form.group.trim() } : form.stacking === 'exclusive' ? { exclusive: true } : { stackable: true }
  const send = async () => {
    const input = {
      ...scopeOf(form, tenantId, timeZone),
      effect: effectOf(effect),
      conditions: conditions.map(condition => conditionOf(condition, timeZone)),
      priority: numberOrNull(form.priority),
      stacking: stackingOf(),
      maximum: textOrNull(form.maximum),
      floor: textOrNull(form.floor),
      budget: textOrNull(form.budget),
    }
    return problemOf(await publish({ input }), ({ publishDiscount }) => publishDiscount)
  }
  const add = (kind: ConditionName) =>
    setConditions([...conditions, { id: Math.max(-1, ...conditions.map(({ id }) => id)) + 1, ...newCondition(kind, timeZone) }])
  const hasCoupon = conditions.some(({ kind }) => kind === 'coupon')
  return (
    <FormDialog
      title="Publish a discount"
      about={`It lowers the charges of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`}${hasCoupon ? ', once the coupon is redeemed' : ''}. What is invoiced already stays. A name that exists gets its next version.`}
      submitText="Publish the discount"
      isWide
      known={[
        ...Object.keys(RULE_SCOPE),
        ...effectPaths(effect),
        ...conditions.flatMap((condition, at) => conditionPaths(condition).map(path => `conditions[${at}].${path}`)),
        ...['priority', 'stacking.bestOf', 'maximum', 'floor', 'budget'],
      ]}
      send={send}
      onDone={() => onDone(`The discount ${form.name.trim()} was published.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <RuleScopeFields field={field} errorOf={errorOf} timeZone={timeZone} />
          <EffectFields form={effect} onChange={setEffect} errorOf={errorOf} />
          {conditions.map((condition, at) => (
            <ConditionFields
              key={condition.id}
              condition={condition}
              position={at + 1}
              onChange={changed => setConditions(conditions.with(at, { ...changed, id: condition.id }))}
              onRemove={() => setConditions(conditions.toSpliced(at, 1))}
              errorOf={path => errorOf(`conditions[${at}].${path}`)}
            />
          ))}
          <SelectField
            label="Conditions"
            hint="All of them must be met. Without any, it always applies."
            choices={CONDITION_CHOICES}
            value=""
            onChange={({ target: { value } }) => value !== '' && add(value as ConditionName)}
          />
          <div className="grid gap-4 sm:grid-cols-2 md:grid-cols-3">
            <SelectField label="With other discounts" hint="Of the same charge." choices={STACKINGS} {...field('stacking')} />
            {form.stacking === 'bestOf' && <TextField label="Group" hint="Its name." required error={errorOf('stacking.bestOf')} {...field('group')} />}
            <TextField label="Priority" hint="Higher ones apply first." type="number" required error={errorOf('priority')} {...field('priority')} />
            <TextField label="Off a charge, at most" hint="In USD. Empty for no limit." inputMode="decimal" error={errorOf('maximum')} {...field('maximum')} />
            <TextField label="A charge is at least" hint="In USD. Empty for 0." inputMode="decimal" error={errorOf('floor')} {...field('floor')} />
            <TextField
              label="At most, for all together"
              hint="In USD. Empty for no limit."
              inputMode="decimal"
              error={errorOf('budget')}
              {...field('budget')}
            />
          </div>
        </>
      )}
    </FormDialog>
  )
}
