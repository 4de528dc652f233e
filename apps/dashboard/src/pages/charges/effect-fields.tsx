import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FIGURES, MEASURED } from './condition-kinds.ts'
import type { DiscountTier, EffectForm, EffectKind } from './discount-form.ts'

const KINDS: readonly { readonly value: EffectKind; readonly label: string }[] = [
  { value: 'percentage', label: 'A percentage' },
  { value: 'fixed', label: 'An amount' },
  { value: 'tiered', label: 'A percentage by volume' },
]
const MAX_TIERS = 20

export interface EffectFieldsProps {
  readonly form: EffectForm
  readonly onChange: (form: EffectForm) => void
  readonly errorOf: (path: string) => string | undefined
}

/** Returns the paths of the fields that an effect shows. */
export function effectPaths({ kind, tiers }: EffectForm): readonly string[] {
  if (kind === 'percentage') return ['effect.percentage.percent']
  if (kind === 'fixed') return ['effect.fixed.amount']
  return ['effect.tiered.tiers', ...tiers.flatMap((_, at) => [`effect.tiered.tiers[${at}].from`, `effect.tiered.tiers[${at}].percent`])]
}

/** What a discount takes off. */
export function EffectFields({ form, onChange, errorOf }: EffectFieldsProps) {
  const { kind, percent, amount, basis, measure, of, tiers } = form
  const changeTier = (at: number, tier: DiscountTier) => onChange({ ...form, tiers: tiers.with(at, tier) })
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Takes off" choices={KINDS} value={kind} onChange={({ target: { value } }) => onChange({ ...form, kind: value as EffectKind })} />
        {kind === 'percentage' && (
          <TextField
            label="Percent off"
            inputMode="decimal"
            required
            error={errorOf('effect.percentage.percent')}
            value={percent}
            onChange={({ target: { value } }) => onChange({ ...form, percent: value })}
          />
        )}
        {kind === 'fixed' && (
          <TextField
            label="USD off each charge"
            inputMode="decimal"
            required
            error={errorOf('effect.fixed.amount')}
            value={amount}
            onChange={({ target: { value } }) => onChange({ ...form, amount: value })}
          />
        )}
        {kind !== 'fixed' && (
          <SelectField
            label="Of"
            choices={[
              { value: 'REMAINING', label: 'what other discounts left' },
              { value: 'SUBTOTAL', label: 'the amount before discounts' },
            ]}
            value={basis}
            onChange={({ target: { value } }) => onChange({ ...form, basis: value as EffectForm['basis'] })}
          />
        )}
        {kind === 'tiered' && (
          <>
            <SelectField
              label="Volume in"
              choices={FIGURES}
              value={measure}
              onChange={({ target: { value } }) => onChange({ ...form, measure: value as EffectForm['measure'] })}
            />
            <SelectField
              label="Volume of"
              choices={MEASURED}
              value={of}
              onChange={({ target: { value } }) => onChange({ ...form, of: value as EffectForm['of'] })}
            />
          </>
        )}
      </div>
      {kind === 'tiered' && (
        <fieldset className="flex min-w-0 flex-col gap-3">
          <legend className="mb-1 font-medium">Tiers</legend>
          {tiers.map((tier, at) => (
            <div key={at} className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
              <TextField
                label={`From volume, tier ${at + 1}`}
                inputMode="decimal"
                required
                disabled={at === 0}
                error={errorOf(`effect.tiered.tiers[${at}].from`)}
                value={tier.from}
                onChange={({ target: { value } }) => changeTier(at, { ...tier, from: value })}
              />
              <TextField
                label={`Percent, tier ${at + 1}`}
                inputMode="decimal"
                required
                error={errorOf(`effect.tiered.tiers[${at}].percent`)}
                value={tier.percent}
                onChange={({ target: { value } }) => changeTier(at, { ...tier, percent: value })}
              />
              <Button
                look="quiet"
                className="mt-6"
                disabled={at === 0}
                aria-label={`Remove tier ${at + 1}`}
                onClick={() => onChange({ ...form, tiers: tiers.toSpliced(at, 1) })}
              >
                Remove
              </Button>
            </div>
          ))}
          <Button
            className="self-start"
            disabled={tiers.length >= MAX_TIERS}
            onClick={() => onChange({ ...form, tiers: [...tiers, { from: '', percent: '' }] })}
          >
            Add a tier
          </Button>
        </fieldset>
      )}
    </>
  )
}
