import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { WhatChanges } from '../../ui/what-changes.tsx'
import type { ModelName } from './model-name.ts'
import { currentPrice, priceChanges } from './price-changes.ts'
import { CURRENT_PRICE, PUBLISH_PRICE } from './prices.operations.ts'

const RATES = [
  { name: 'input', label: 'Input tokens' },
  { name: 'output', label: 'Output tokens' },
  { name: 'cacheRead', label: 'Cached input tokens' },
] as const
const FIELDS = ['provider', 'model', 'from', 'perRequest', ...RATES.map(({ name }) => `perMillionTokens.${name}`)]

export interface PriceDialogProps {
  readonly model: ModelName
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes the price of a model from a day on. */
export function PriceDialog({ model: named, onDone, onClose }: PriceDialogProps) {
  const { form, field } = useForm(() => ({
    provider: named.provider,
    model: named.model,
    from: new Date().toISOString().slice(0, 10),
    input: '',
    output: '',
    cacheRead: '',
    perRequest: '',
  }))
  const [publish] = useChange(PUBLISH_PRICE)
  const { from, perRequest } = form
  const [provider, model] = [form.provider.trim(), form.model.trim()]
  const isNamed = provider !== '' && model !== '' && from !== ''
  const current = useRead(CURRENT_PRICE, { provider, model, at: `${from}T00:00:00Z` }, { isPaused: !isNamed })
  const before = isNamed ? currentPrice(current.data?.prices.nodes ?? []) : undefined
  const send = async () => {
    const rates = Object.fromEntries(RATES.flatMap(({ name }) => (form[name].trim() === '' ? [] : [[name, form[name].trim()]])))
    const perMillionTokens = Object.keys(rates).length === 0 ? null : rates
    const input = { provider, model, from: `${from}T00:00:00Z`, perMillionTokens, perRequest: textOrNull(perRequest) }
    return problemOf(await publish({ input }), ({ publishPrice }) => publishPrice)
  }
  const isPast = from < new Date().toISOString().slice(0, 10)
  return (
    <FormDialog
      title="Publish a price"
      about={
        isPast
          ? 'The day has passed: events that are recorded keep their cost until you rate them again.'
          : 'New calls are rated with it from that day on. Earlier prices stay in the catalogue.'
      }
      submitText="Publish the price"
      known={FIELDS}
      send={send}
      onDone={() =>
        onDone(`The price of ${provider} ${model} was published. Calls from ${from} on are rated with it; rate past events again to correct earlier costs.`)
      }
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Provider" required error={errorOf('provider')} {...field('provider')} />
            <TextField label="Model" required error={errorOf('model')} {...field('model')} />
            <TextField label="From" hint="Start of the day, in UTC" type="date" required error={errorOf('from')} {...field('from')} />
            <TextField label="Each request" hint="In USD" inputMode="decimal" error={errorOf('perRequest')} {...field('perRequest')} />
          </div>
          <fieldset className="grid gap-4 sm:grid-cols-3">
            <legend className="mb-2 font-medium">USD per million</legend>
            {RATES.map(({ name, label }) => (
              <TextField key={name} label={label} inputMode="decimal" error={errorOf(`perMillionTokens.${name}`)} {...field(name)} />
            ))}
          </fieldset>
          <WhatChanges changes={priceChanges(before, form)} empty="Type what the provider charges.">
            {isNamed && current.data !== undefined && before === undefined && <p className="mt-1 text-muted">The model has no price on this day.</p>}
          </WhatChanges>
        </>
      )}
    </FormDialog>
  )
}
