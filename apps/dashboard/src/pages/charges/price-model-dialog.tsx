import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { PUBLISH_PRICE_MODEL, type PublishPriceModelMutationVariables } from './charges.operations.ts'
import { type Tier, TIER_FIELDS, Tiers } from './tiers.tsx'
import type { RuleDialogProps } from './markup-dialog.tsx'

type Input = PublishPriceModelMutationVariables['input']
type Kind = 'perUnit' | 'graduated' | 'volume'

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'perUnit', label: 'One price for each unit' },
  { value: 'graduated', label: 'Tiers: each unit at the price of its tier' },
  { value: 'volume', label: 'Tiers: all units at the price of the last tier' },
]

/** Publishes a price list for what is used: one price, or prices by tiers. */
export function PriceModelDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId } = useTenant()
  const [name, setName] = useState('')
  const [counts, setCounts] = useState<NonNullable<Input['counts']>>('TOKENS')
  const [kind, setKind] = useState<Kind>('perUnit')
  const [unitPrice, setUnitPrice] = useState('')
  const [per, setPer] = useState('1')
  const [tiers, setTiers] = useState<readonly Tier[]>([{ from: '0', unitPrice: '' }])
  const [publish] = useChange(PUBLISH_PRICE_MODEL)
  const send = async () => {
    const perUnit = { unitPrice: unitPrice.trim(), per: Number(per) }
    const priceModel: Input['priceModel'] = kind === 'perUnit' ? { perUnit } : kind === 'graduated' ? { graduated: { tiers } } : { volume: { tiers } }
    return problemOf(await publish({ input: { name: name.trim(), tenantId: tenantId ?? null, counts, priceModel } }), answer => answer.publishPriceModel)
  }
  return (
    <FormDialog
      title="Publish a price list"
      about={`It charges ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} for what they use from now on, whatever it costs. A name that exists gets its next version.`}
      submitText="Publish the price list"
      known={['name', 'priceModel.perUnit.unitPrice', ...tiers.flatMap((_tier, at) => TIER_FIELDS.map(field => `priceModel.${kind}.tiers[${at}].${field}`))]}
      send={send}
      onDone={() => onDone(`The price list ${name.trim()} was published. It applies to usage from now on.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField label="Name" required error={errorOf('name')} value={name} onChange={({ target: { value } }) => setName(value)} />
          <SelectField
            label="What is counted"
            choices={[
              { value: 'TOKENS', label: 'Tokens' },
              { value: 'REQUESTS', label: 'Calls' },
              { value: 'QUANTITY', label: 'The quantity of events' },
            ]}
            value={counts}
            onChange={({ target: { value } }) => setCounts(value as typeof counts)}
          />
          <SelectField label="Prices" choices={KINDS} value={kind} onChange={({ target: { value } }) => setKind(value as Kind)} />
          {kind === 'perUnit' ? (
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label="Price in USD"
                inputMode="decimal"
                required
                error={errorOf('priceModel.perUnit.unitPrice')}
                value={unitPrice}
                onChange={({ target: { value } }) => setUnitPrice(value)}
              />
              <SelectField
                label="For"
                choices={[
                  { value: '1', label: '1 unit' },
                  { value: '1000', label: '1,000 units' },
                  { value: '1000000', label: '1,000,000 units' },
                ]}
                value={per}
                onChange={({ target: { value } }) => setPer(value)}
              />
            </div>
          ) : (
            <Tiers tiers={tiers} onChange={setTiers} errorOf={path => errorOf(`priceModel.${kind}.${path}`)} />
          )}
        </>
      )}
    </FormDialog>
  )
}
