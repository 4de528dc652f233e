import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { capitalized } from '../../ui/format.ts'
import { FREQUENT_TOKEN_POOLS, poolLabel, TOKEN_POOLS } from '../../ui/token-pools.ts'
import { WhatChanges } from '../../ui/what-changes.tsx'
import { instantOf } from '../../usage-view/local-time.ts'
import { type CostForm, costFormOf, costInputOf, ratesOf, type TokenRates } from './cost-form.ts'
import { SET_CREDIT_COST } from './credit-rules.operations.ts'
import { type CreditCost, rateText } from './rate-text.ts'

const TOKENS: readonly { readonly value: TokenRates; readonly label: string }[] = [
  { value: 'none', label: 'nothing' },
  { value: 'alike', label: 'the same, whatever kind' },
  { value: 'by pool', label: 'by kind' },
]
const FIELDS = ['operation', 'provider', 'model', 'perCall', 'perThousandTokens', 'perThousandTokensByPool', 'perUsdOfCost', 'perUnit', 'from', 'to']

export interface CostDialogProps {
  /** The cost to change; undefined for a new one. */
  readonly cost: CreditCost | undefined
  readonly timeZone: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Sets what an operation costs in credits from a time on. */
export function CostDialog({ cost, timeZone, onDone, onClose }: CostDialogProps) {
  const [form, setForm] = useState(() => costFormOf(cost))
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [set] = useChange(SET_CREDIT_COST)
  const typed = (name: keyof CostForm) => ({
    value: form[name] as string,
    onChange: ({ target: { value } }: { readonly target: { readonly value: string } }) => setForm({ ...form, [name]: value }),
  })
  const send = async () => {
    const input = { ...costInputOf(form), from: instantOf(from, timeZone) ?? null, to: instantOf(to, timeZone) ?? null }
    return problemOf(await set({ input }), ({ setCreditCost }) => setCreditCost)
  }
  const operation = form.operation.trim()
  const after = rateText(ratesOf(form))
  return (
    <FormDialog
      title={cost === undefined ? 'Set what an operation costs' : `Change what ${cost.operation} costs`}
      about="Usage of all tenants is debited by it from then on. What was debited before stays. All rates are added up."
      submitText="Set the cost"
      known={[...FIELDS, ...Object.keys(TOKEN_POOLS).map(pool => `perThousandTokens.${pool}`)]}
      send={send}
      onDone={() => onDone(`The operation ${operation} costs ${after}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Operation"
              hint="As events name it."
              required
              disabled={cost !== undefined}
              error={errorOf('operation')}
              {...typed('operation')}
            />
            <TextField label="Credits per call" hint="Empty for none." inputMode="decimal" error={errorOf('perCall')} {...typed('perCall')} />
            <TextField label="Only for the provider" hint="Empty for any." disabled={cost !== undefined} error={errorOf('provider')} {...typed('provider')} />
            <TextField
              label="Only for its model"
              hint="Empty for any."
              disabled={cost !== undefined || form.provider.trim() === ''}
              error={errorOf('model')}
              {...typed('model')}
            />
            <TextField label="Credits per USD of cost" hint="Empty for none." inputMode="decimal" error={errorOf('perUsdOfCost')} {...typed('perUsdOfCost')} />
            <TextField label="Credits per unit" hint="Of the quantity of an event." inputMode="decimal" error={errorOf('perUnit')} {...typed('perUnit')} />
            <SelectField label="Tokens cost" choices={TOKENS} {...typed('tokens')} />
            {form.tokens === 'alike' && (
              <TextField label="Credits per 1,000 tokens" inputMode="decimal" required error={errorOf('perThousandTokens')} {...typed('perThousandTokens')} />
            )}
          </div>
          {form.tokens === 'by pool' && (
            <fieldset className="min-w-0 rounded-md border border-line p-3">
              <legend className="px-1 font-medium">Credits per 1,000 tokens</legend>
              <p className="mb-3 text-muted">Kinds that are left empty cost nothing.</p>
              <div className="grid gap-3 sm:grid-cols-2">
                {Object.keys({ ...FREQUENT_TOKEN_POOLS, ...form.pools }).map(pool => (
                  <TextField
                    key={pool}
                    label={capitalized(poolLabel(pool))}
                    inputMode="decimal"
                    error={errorOf(`perThousandTokens.${pool}`)}
                    value={form.pools[pool] ?? ''}
                    onChange={({ target: { value } }) => setForm({ ...form, pools: { ...form.pools, [pool]: value } })}
                  />
                ))}
              </div>
            </fieldset>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="From"
              hint={`In ${timeZone}. Empty for now.`}
              type="datetime-local"
              error={errorOf('from')}
              value={from}
              onChange={({ target: { value } }) => setFrom(value)}
            />
            <TextField
              label="To"
              hint="Empty for no end."
              type="datetime-local"
              error={errorOf('to')}
              value={to}
              onChange={({ target: { value } }) => setTo(value)}
            />
          </div>
          <WhatChanges
            changes={operation === '' || after === 'nothing' ? [] : [{ label: operation, before: cost === undefined ? undefined : rateText(cost), after }]}
          />
        </>
      )}
    </FormDialog>
  )
}
