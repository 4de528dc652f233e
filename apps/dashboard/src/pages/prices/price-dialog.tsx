import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
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
  const [provider, setProvider] = useState(named.provider)
  const [model, setModel] = useState(named.model)
  const [from, setFrom] = useState(() => new Date().toISOString().slice(0, 10))
  const [rates, setRates] = useState<Readonly<Record<string, string>>>({})
  const [perRequest, setPerRequest] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [publish, isSending] = useChange(PUBLISH_PRICE)
  const isNamed = provider.trim() !== '' && model.trim() !== '' && from !== ''
  const current = useRead(CURRENT_PRICE, { provider: provider.trim(), model: model.trim(), at: `${from}T00:00:00Z` }, { isPaused: !isNamed })
  const before = isNamed ? currentPrice(current.data?.prices.nodes ?? []) : undefined
  const typed = { input: rates['input'] ?? '', output: rates['output'] ?? '', cacheRead: rates['cacheRead'] ?? '', perRequest }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const given = Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate.trim() !== ''))
    const input = {
      provider: provider.trim(),
      model: model.trim(),
      from: `${from}T00:00:00Z`,
      perMillionTokens: Object.keys(given).length === 0 ? null : given,
      perRequest: perRequest.trim() === '' ? null : perRequest.trim(),
    }
    const refused = problemOf(await publish({ input }), ({ publishPrice }) => publishPrice)
    setProblem(refused)
    if (refused === undefined)
      onDone(`The price of ${provider} ${model} was published. Calls from ${from} on are rated with it; rate past events again to correct earlier costs.`)
  }
  const isPast = from < new Date().toISOString().slice(0, 10)
  return (
    <Dialog
      title="Publish a price"
      about={
        isPast
          ? 'The day has passed: events that are recorded keep their cost until you rate them again.'
          : 'New calls are rated with it from that day on. Earlier prices stay in the catalogue.'
      }
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Provider"
            required
            error={problem?.fields.get('provider')}
            value={provider}
            onChange={({ target: { value } }) => setProvider(value)}
          />
          <TextField label="Model" required error={problem?.fields.get('model')} value={model} onChange={({ target: { value } }) => setModel(value)} />
          <TextField
            label="From"
            hint="Start of the day, in UTC"
            type="date"
            required
            error={problem?.fields.get('from')}
            value={from}
            onChange={({ target: { value } }) => setFrom(value)}
          />
          <TextField
            label="Each request"
            hint="In USD"
            inputMode="decimal"
            error={problem?.fields.get('perRequest')}
            value={perRequest}
            onChange={({ target: { value } }) => setPerRequest(value)}
          />
        </div>
        <fieldset className="grid gap-4 sm:grid-cols-3">
          <legend className="mb-2 font-medium">USD per million</legend>
          {RATES.map(({ name, label }) => (
            <TextField
              key={name}
              label={label}
              inputMode="decimal"
              error={problem?.fields.get(`perMillionTokens.${name}`)}
              value={rates[name] ?? ''}
              onChange={({ target: { value } }) => setRates({ ...rates, [name]: value })}
            />
          ))}
        </fieldset>
        <WhatChanges changes={priceChanges(before, typed)} empty="Type what the provider charges.">
          {isNamed && current.data !== undefined && before === undefined && <p className="mt-1 text-muted">The model has no price on this day.</p>}
        </WhatChanges>
        <ProblemNote problem={problem} known={FIELDS} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Publish the price
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
