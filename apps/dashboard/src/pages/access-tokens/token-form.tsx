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
import { tokenScopesToGive, usualTokenScopes } from './token-scopes.ts'

/** A token that was made, and what it was made for. */
export interface MadeToken {
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
  readonly onMade: (made: MadeToken) => void
}

/** Chooses what a token reads, and makes it. */
export function TokenForm({ tenantId, onMade }: TokenFormProps) {
  const { scopes: own } = useViewer()
  const readsUsage = useScope('usage:read')
  const [customer, setCustomer] = useState('')
  const [valid, setValid] = useState('900')
  // Undefined for the usual ones.
  const [chosen, setChosen] = useState<readonly string[]>()
  const [problem, setProblem] = useState<Problem>()
  const [create, isSending] = useChange(CREATE_ACCESS_TOKEN)
  const known = useRead(TOKEN_CUSTOMERS, { tenantId }, { isPaused: !readsUsage }).data?.usage.breakdown ?? []
  const listId = useId()
  const customerId = textOrNull(customer)
  const offered = tokenScopesToGive(own, customerId !== null)
  const scopes = (chosen ?? usualTokenScopes(offered)).filter(scope => offered.some(one => one.scope === scope))

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const ttlSeconds = Number(valid)
    const changed = await create({ input: { tenantId, customerId, scopes, ttlSeconds } })
    setProblem(problemOf(changed, ({ createAccessToken }) => createAccessToken))
    const result = changed.data?.createAccessToken
    if (result?.__typename === 'CreateAccessTokenPayload')
      onMade({ token: result.token, expiresAt: result.expiresAt, customerId, scopes: [...scopes], ttlSeconds })
  }
  return (
    <Card title="Make a token">
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
            {known.map(({ key: [customerKey] }) => (
              <option key={customerKey?.value} value={customerKey?.value ?? ''} />
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
        {scopes.includes('costs:read') && (
          <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
            The page then shows what providers charge you, and so your margin.
          </p>
        )}
        <ProblemNote problem={problem} known={['customerId', 'ttlSeconds', 'scopes']} />
        <div className="flex justify-end">
          <Button type="submit" look="primary" disabled={isSending || scopes.length === 0}>
            {isSending ? 'Making …' : 'Make the token'}
          </Button>
        </div>
      </form>
    </Card>
  )
}
