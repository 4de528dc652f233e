import { type SubmitEvent, useId, useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ChecksField } from '../../ui/checks-field.tsx'
import { fieldError } from '../../ui/field-error.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { CREATE_ACCESS_TOKEN, TOKEN_CUSTOMERS } from './access-tokens.operations.ts'
import { defaultTokenScopes, grantableTokenScopes } from './token-scopes.ts'

/** A token that was created, and what it was created for. */
export interface CreatedToken {
  readonly token: string
  readonly expiresAt: string
  readonly customerId: string | null
  readonly scopes: readonly string[]
  readonly ttlSeconds: number
}

const VALID_FOR = [
  { value: '60', label: 'A minute' },
  { value: '300', label: '5 minutes' },
  { value: '900', label: '15 minutes' },
  { value: '3600', label: 'An hour' },
] as const

export interface TokenFormProps {
  readonly tenantId: string
  readonly onCreated: (created: CreatedToken) => void
}

/** Chooses what a token reads, and creates it. */
export function TokenForm({ tenantId, onCreated }: TokenFormProps) {
  const { scopes: own } = useViewer()
  const readsUsage = useScope('usage:read')
  const [customer, setCustomer] = useState('')
  const [valid, setValid] = useState('900')
  // Undefined until scopes are chosen: the defaults apply.
  const [chosen, setChosen] = useState<readonly string[]>()
  const [problem, setProblem] = useState<Problem>()
  const [create, isSending] = useChange(CREATE_ACCESS_TOKEN)
  const known = useRead(TOKEN_CUSTOMERS, { tenantId }, { isPaused: !readsUsage }).data
  const customers = (known?.usage.breakdown ?? []).flatMap(({ key }) => key.flatMap(({ value }) => value ?? []))
  const listId = useId()
  const customerId = textOrNull(customer)
  const offered = grantableTokenScopes(own, customerId !== null)
  const scopes = (chosen ?? defaultTokenScopes(offered)).filter(scope => offered.some(one => one.scope === scope))
  const showsCosts = scopes.includes('costs:read')

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const ttlSeconds = Number(valid)
    const changed = await create({ input: { tenantId, customerId, scopes, ttlSeconds } })
    setProblem(problemOf(changed, ({ createAccessToken }) => createAccessToken))
    const result = changed.data?.createAccessToken
    if (result?.__typename === 'CreateAccessTokenPayload')
      onCreated({ token: result.token, expiresAt: result.expiresAt, customerId, scopes: [...scopes], ttlSeconds })
  }
  return (
    <Card title="Create a token">
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Customer"
            hint="Empty for the whole tenant."
            list={listId}
            maxLength={255}
            autoComplete="off"
            error={fieldError(problem, 'customerId')}
            value={customer}
            onChange={({ target: { value } }) => setCustomer(value)}
          />
          <datalist id={listId}>
            {customers.map(id => (
              <option key={id} value={id} />
            ))}
          </datalist>
          <SelectField
            label="Valid for"
            hint="It never outlives your key."
            choices={VALID_FOR}
            error={fieldError(problem, 'ttlSeconds')}
            value={valid}
            onChange={({ target: { value } }) => setValid(value)}
          />
        </div>
        <ChecksField
          label="What it may read"
          error={fieldError(problem, 'scopes')}
          choices={offered.map(({ scope, reads }) => ({ value: scope, label: `${reads} (${scope})` }))}
          values={scopes}
          onChange={setChosen}
        />
        <p role="status" className={showsCosts ? 'rounded-md bg-warn-soft px-3 py-2 text-warn' : 'sr-only'}>
          {showsCosts && 'With this token, a page can show what providers charge you, and so your margin.'}
        </p>
        <ProblemNote problem={problem} known={['customerId', 'ttlSeconds', 'scopes']} />
        <div className="flex justify-end">
          <Button type="submit" look="primary" disabled={isSending || scopes.length === 0}>
            {isSending ? 'Creating …' : 'Create the token'}
          </Button>
        </div>
      </form>
    </Card>
  )
}
