import { SelectField } from '../../ui/field.tsx'
import type { FieldText } from '../../ui/use-form.ts'
import { type Plan, planChoices } from './plan-choices.ts'

export interface PlanFieldProps extends FieldText {
  readonly plans: readonly Plan[]
  readonly error: string | undefined
}

/** Chooses the plan that a tenant is to be on. */
export function PlanField({ plans, ...field }: PlanFieldProps) {
  return <SelectField label="Plan" required choices={[{ value: '', label: 'Choose a plan' }, ...planChoices(plans)]} {...field} />
}
