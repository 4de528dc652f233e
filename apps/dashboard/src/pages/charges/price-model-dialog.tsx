import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { PUBLISH_PRICE_MODEL, type PublishPriceModelMutationVariables } from './charges.operations.ts'
import type { RuleDialogProps } from './markup-dialog.tsx'
import { RULE_SCOPE, RuleScopeFields, scopeOf } from './rule-scope-fields.tsx'
import { type Tier, TIER_FIELDS, Tiers } from './tiers.tsx'

type Input = PublishPriceModelMutationVariables['input']
type Kind = 'perUnit' | 'graduated' | 'volume' | 'package' | 'flatFee' | 'percentage'

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'perUnit', label: 'One price for each unit' },
  { value: 'graduated', label: 'Tiers: each unit at the price of its tier' },
  { value: 'volume', label: 'Tiers: all units at the price of the last tier' },
  { value: 'package', label: 'A price for each block of units' },
  { value: 'flatFee', label: 'One fee for any quantity' },
  { value: 'percentage', label: 'A percentage of what providers charge' },
]
const PARTIAL_BLOCKS = [
  { value: 'CHARGED', label: 'is charged' },
  { value: 'FREE', label: 'is free' },
]
const FIELDS = ['unitPrice', 'size', 'price', 'partialBlock', 'fee', 'percent', 'fixed', 'includedUnits', 'minimum', 'maximum']

/** Publishes a price list for what is used. */
export function PriceModelDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId, timeZone } = useTenant()
  const { form, field } = useForm({
    ...RULE_SCOPE,
    counts: 'TOKENS',
    kind: 'perUnit',
    unitPrice: '',
    per: '1',
    size: '',
    price: '',
    partialBlock: 'CHARGED',
    fee: '',
    percent: '',
    fixed: '',
    includedUnits: '',
    minimum: '',
    maximum: '',
  })
  const [tiers, setTiers] = useState<readonly Tier[]>([{ from: '0', unitPrice: '' }])
  const [publish] = useChange(PUBLISH_PRICE_MODEL)
  const kind = form.kind as Kind
  const hasUnits = kind !== 'flatFee' && kind !== 'percentage'
  const priceModelOf = (): Input['priceModel'] => {
    const limits = { minimum: textOrNull(form.minimum), maximum: textOrNull(form.maximum) }
    const units = { ...limits, includedUnits: textOrNull(form.includedUnits) }
    if (kind === 'graduated') return { graduated: { tiers, ...units } }
    if (kind === 'volume') return { volume: { tiers, ...units } }
    if (kind === 'flatFee') return { flatFee: { fee: form.fee.trim(), ...limits } }
    if (kind === 'percentage') return { percentage: { percent: form.percent.trim(), fixed: textOrNull(form.fixed), ...limits } }
    if (kind === 'perUnit') return { perUnit: { unitPrice: form.unitPrice.trim(), per: Number(form.per), ...units } }
    return { package: { size: form.size.trim(), price: form.price.trim(), partialBlock: form.partialBlock === 'FREE' ? 'FREE' : 'CHARGED', ...units } }
  }
  const send = async () => {
    const input = { ...scopeOf(form, tenantId, timeZone), counts: form.counts as NonNullable<Input['counts']>, priceModel: priceModelOf() }
    return problemOf(await publish({ input }), answer => answer.publishPriceModel)
  }
  return (
    <FormDialog
      title="Publish a price list"
      about={`It charges ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} for what they use${kind === 'percentage' ? '' : ', whatever it costs'}. What is invoiced already stays. A name that exists gets its next version. Prices by provider and model can be published over GraphQL.`}
      submitText="Publish the price list"
      known={[
        ...Object.keys(RULE_SCOPE),
        ...FIELDS.map(name => `priceModel.${kind}.${name}`),
        ...tiers.flatMap((_tier, at) => TIER_FIELDS.map(name => `priceModel.${kind}.tiers[${at}].${name}`)),
      ]}
      send={send}
      onDone={() => onDone(`The price list ${form.name.trim()} was published.`)}
      onClose={onClose}
    >
      {errorOf => {
        const errorIn = (path: string) => errorOf(`priceModel.${kind}.${path}`)
        return (
          <>
            <RuleScopeFields field={field} errorOf={errorOf} timeZone={timeZone} />
            <SelectField label="Prices" choices={KINDS} {...field('kind')} />
            {kind !== 'percentage' && kind !== 'flatFee' && (
              <SelectField
                label="What is counted"
                choices={[
                  { value: 'TOKENS', label: 'Tokens' },
                  { value: 'REQUESTS', label: 'Calls' },
                  { value: 'QUANTITY', label: 'The quantity of events' },
                ]}
                {...field('counts')}
              />
            )}
            {(kind === 'graduated' || kind === 'volume') && <Tiers tiers={tiers} onChange={setTiers} errorOf={errorIn} />}
            <div className="grid gap-4 sm:grid-cols-2">
              {kind === 'perUnit' && (
                <>
                  <TextField label="Price in USD" inputMode="decimal" required error={errorIn('unitPrice')} {...field('unitPrice')} />
                  <SelectField
                    label="For"
                    choices={[
                      { value: '1', label: '1 unit' },
                      { value: '1000', label: '1,000 units' },
                      { value: '1000000', label: '1,000,000 units' },
                    ]}
                    {...field('per')}
                  />
                </>
              )}
              {kind === 'package' && (
                <>
                  <TextField label="Units in a block" inputMode="decimal" required error={errorIn('size')} {...field('size')} />
                  <TextField label="USD a block" inputMode="decimal" required error={errorIn('price')} {...field('price')} />
                  <SelectField label="A block that is not full" choices={PARTIAL_BLOCKS} error={errorIn('partialBlock')} {...field('partialBlock')} />
                </>
              )}
              {kind === 'flatFee' && <TextField label="USD a period" inputMode="decimal" required error={errorIn('fee')} {...field('fee')} />}
              {kind === 'percentage' && (
                <>
                  <TextField label="Percent of the cost" inputMode="decimal" required error={errorIn('percent')} {...field('percent')} />
                  <TextField label="USD a period besides" inputMode="decimal" error={errorIn('fixed')} {...field('fixed')} />
                </>
              )}
              {hasUnits && <TextField label="Free units a period" inputMode="decimal" error={errorIn('includedUnits')} {...field('includedUnits')} />}
              <TextField label="At least, in USD" inputMode="decimal" error={errorIn('minimum')} {...field('minimum')} />
              <TextField label="At most, in USD" inputMode="decimal" error={errorIn('maximum')} {...field('maximum')} />
            </div>
          </>
        )
      }}
    </FormDialog>
  )
}
