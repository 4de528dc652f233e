import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope } from '../../app/viewer-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { END_ALIAS, MODEL_ALIASES, type ModelAliasesQuery, SET_ALIAS } from './upkeep.operations.ts'

type Alias = ModelAliasesQuery['modelAliases']['nodes'][number]

const PAGE = 10
const MAX = 100
const DAY_MS = 86_400_000
const DAYS_BACK = 30

/** Names that tenants gave to models, such as deployments, and the models behind them. */
export function Aliases({ onDone }: { readonly onDone: (said: string) => void }) {
  const { tenantId } = useTenant()
  const maySet = useScope('aliases:write')
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(MODEL_ALIASES, { tenantId: tenantId ?? null, first })
  const [isSetting, setSetting] = useState(false)
  const [ended, setEnded] = useState<Alias>()
  return (
    <Card title="Names of models" actions={maySet && <Button onClick={() => setSetting(true)}>Name a model</Button>}>
      <Shown read={read}>
        {({ modelAliases: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Names of models"
              rows={nodes}
              keyOf={({ tenant, provider, name, publishedAt }) => `${tenant?.id ?? ''} ${provider} ${name} ${publishedAt}`}
              empty={<Empty title="No model has another name.">Say which model runs under a name that has no price, such as a deployment.</Empty>}
              columns={[
                { header: 'Name', cell: ({ name }) => name, className: 'max-w-72 break-words' },
                { header: 'Of', cell: ({ provider }) => provider },
                {
                  header: 'Model',
                  cell: ({ target }) => (target === null ? 'none from then on' : `${target.provider} ${target.model}`),
                  className: 'max-w-72 break-words',
                },
                { header: 'For', cell: ({ tenant }) => tenant?.name ?? 'all tenants', className: 'max-w-48 break-words' },
                { header: 'From', cell: ({ from }) => <Time at={from} /> },
                { header: 'To', cell: ({ to }) => (to === null ? 'no end' : <Time at={to} />) },
                ...(maySet
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (alias: Alias) =>
                          alias.target !== null &&
                          alias.to === null && (
                            <Button look="danger" aria-label={`End the name ${alias.name}`} onClick={() => setEnded(alias)}>
                              End
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
      {isSetting && <SetDialog onDone={onDone} onClose={() => setSetting(false)} />}
      {ended !== undefined && <EndDialog alias={ended} onDone={onDone} onClose={() => setEnded(undefined)} />}
    </Card>
  )
}

interface DialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function SetDialog({ onDone, onClose }: DialogProps) {
  const { tenantId, timeZone } = useTenant()
  const mayRate = useScope('prices:write')
  const { form, field } = useForm(() => ({
    provider: '',
    name: '',
    targetProvider: '',
    model: '',
    from: localOf(new Date(Date.now() - DAYS_BACK * DAY_MS).toISOString(), timeZone),
    rates: mayRate ? 'yes' : 'no',
  }))
  const [set] = useChange(SET_ALIAS)
  const send = async () => {
    const input = {
      tenantId: tenantId ?? null,
      provider: form.provider.trim(),
      name: form.name.trim(),
      target: { provider: form.targetProvider.trim(), model: form.model.trim() },
      from: instantOf(form.from, timeZone) ?? form.from,
      rateUnpriced: form.rates === 'yes',
    }
    return problemOf(await set({ input }), ({ setModelAlias }) => setModelAlias)
  }
  return (
    <FormDialog
      title="Say which model runs under a name"
      about={`Calls of the name by ${tenantId ?? 'all tenants'} cost what calls of the model cost. Costs that were recorded stay, unless they are rated again.`}
      submitText="Set the name"
      known={['provider', 'name', 'target', 'target.provider', 'target.model', 'from', 'rateUnpriced']}
      send={send}
      onDone={() => onDone(`Calls of ${form.name.trim()} cost what calls of ${form.model.trim()} cost.`)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Provider in the calls" hint="Such as azure." required error={errorOf('provider')} {...field('provider')} />
          <TextField label="Name in the calls" hint="Such as a deployment." required error={errorOf('name')} {...field('name')} />
          <TextField label="Provider that charges" hint="Such as azure." required error={errorOf('target.provider')} {...field('targetProvider')} />
          <TextField
            label="Model that runs"
            hint="As that provider names it."
            required
            error={errorOf('target.model') ?? errorOf('target')}
            {...field('model')}
          />
          <TextField label="From" hint={`In ${timeZone}. May be in the past.`} type="datetime-local" required error={errorOf('from')} {...field('from')} />
          {mayRate && (
            <SelectField
              label="Past calls without a price"
              hint="Since then."
              error={errorOf('rateUnpriced')}
              choices={[
                { value: 'yes', label: 'are rated now' },
                { value: 'no', label: 'stay without a price' },
              ]}
              {...field('rates')}
            />
          )}
        </div>
      )}
    </FormDialog>
  )
}

function EndDialog({ alias: { tenant, provider, name }, onDone, onClose }: DialogProps & { readonly alias: Alias }) {
  const { timeZone } = useTenant()
  const { form, field } = useForm(() => ({ from: localOf(new Date().toISOString(), timeZone) }))
  const [end] = useChange(END_ALIAS)
  const send = async () => {
    const input = { tenantId: tenant?.id ?? null, provider, name, from: instantOf(form.from, timeZone) ?? form.from }
    return problemOf(await end({ input }), ({ endModelAlias }) => endModelAlias)
  }
  return (
    <FormDialog
      title={`End the name ${name}`}
      about="From then on, the name is looked up in the price list again. Calls before that keep their model."
      submitText="End it"
      closeText="Keep it"
      look="danger"
      known={['from']}
      send={send}
      onDone={() => onDone(`The name ${name} was ended.`)}
      onClose={onClose}
    >
      {errorOf => <TextField label="From" hint={`In ${timeZone}.`} type="datetime-local" required error={errorOf('from')} {...field('from')} />}
    </FormDialog>
  )
}
