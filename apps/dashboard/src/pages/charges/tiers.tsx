import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

/** A step of a price: the units after which it begins, and the price of each. */
export interface Tier {
  readonly from: string
  readonly unitPrice: string
}

export const TIER_FIELDS = ['from', 'unitPrice'] as const

const MAX_TIERS = 20

export interface TiersProps {
  readonly tiers: readonly Tier[]
  readonly onChange: (tiers: readonly Tier[]) => void
  readonly errorOf: (path: string) => string | undefined
}

/** The tiers of a price, each a row of fields. */
export function Tiers({ tiers, onChange, errorOf }: TiersProps) {
  const change = (at: number, tier: Tier) => onChange(tiers.with(at, tier))
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 font-medium">Tiers</legend>
      {tiers.map((tier, at) => (
        <div key={at} className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
          <TextField
            label={`After units, tier ${at + 1}`}
            inputMode="decimal"
            required
            disabled={at === 0}
            error={errorOf(`tiers[${at}].from`)}
            value={tier.from}
            onChange={({ target: { value } }) => change(at, { ...tier, from: value })}
          />
          <TextField
            label={`USD each, tier ${at + 1}`}
            inputMode="decimal"
            required
            error={errorOf(`tiers[${at}].unitPrice`)}
            value={tier.unitPrice}
            onChange={({ target: { value } }) => change(at, { ...tier, unitPrice: value })}
          />
          <Button look="quiet" className="mt-6" disabled={at === 0} aria-label={`Remove tier ${at + 1}`} onClick={() => onChange(tiers.toSpliced(at, 1))}>
            Remove
          </Button>
        </div>
      ))}
      <Button className="self-start" disabled={tiers.length >= MAX_TIERS} onClick={() => onChange([...tiers, { from: '', unitPrice: '' }])}>
        Add a tier
      </Button>
    </fieldset>
  )
}
