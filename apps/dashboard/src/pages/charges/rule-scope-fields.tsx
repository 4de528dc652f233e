import { TextField } from '../../ui/field.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import type { FieldText } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'

/** What every charge rule has: a name, a plan that it is for, and a time. */
export const RULE_SCOPE = { name: '', plan: '', from: '', to: '' }

type Scope = Readonly<Record<keyof typeof RULE_SCOPE, string>>

/** Returns the part of a rule's input that says for whom and when it applies. */
export function scopeOf({ name, plan, from, to }: Scope, tenantId: string | undefined, timeZone: string) {
  return {
    name: name.trim(),
    tenantId: tenantId ?? null,
    plan: textOrNull(plan),
    from: instantOf(from, timeZone) ?? null,
    to: instantOf(to, timeZone) ?? null,
  }
}

export interface RuleScopeFieldsProps {
  readonly field: (name: keyof typeof RULE_SCOPE) => FieldText
  readonly errorOf: (path: string) => string | undefined
  readonly timeZone: string
}

/** The fields that every charge rule has. */
export function RuleScopeFields({ field, errorOf, timeZone }: RuleScopeFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="Name" hint="Shown in explanations." required error={errorOf('name')} {...field('name')} />
      <TextField label="Only for the plan" hint="Empty for every plan." error={errorOf('plan')} {...field('plan')} />
      <TextField label="From" hint={`In ${timeZone}. Empty for now.`} type="datetime-local" error={errorOf('from')} {...field('from')} />
      <TextField label="To" hint="Empty for no end." type="datetime-local" error={errorOf('to')} {...field('to')} />
    </div>
  )
}
