import { type SubmitEvent, useState } from 'react'
import { useMutation } from 'urql'
import { SetLimitDocument } from './gql/graphql.ts'

/** Sets the limit of tokens per day. The server's message is shown beside the field that it names. */
export function LimitForm() {
  const [{ data, error, fetching }, setLimit] = useMutation(SetLimitDocument)
  const [limit, changeLimit] = useState('')
  const result = data?.setQuota
  const issues = result?.__typename === 'InvalidInputError' ? result.issues : []
  const ofField = issues.find(({ path }) => path === 'limit')
  const other = ofField ? undefined : (error?.message ?? (result && 'message' in result ? result.message : undefined))

  function submit(event: SubmitEvent) {
    event.preventDefault()
    // The backend of the page changes limits; it fills in the tenant.
    void setLimit({ tenantId: '', limit }, { url: '/limit' })
  }

  return (
    <form onSubmit={submit}>
      <label>
        Tokens per day <input value={limit} onChange={({ target }) => changeLimit(target.value)} aria-invalid={ofField !== undefined} />
      </label>
      <button disabled={fetching}>Set limit</button>
      {ofField && <span role="alert">{`Limit ${ofField.message}.`}</span>}
      {other !== undefined && <p role="alert">{other}</p>}
    </form>
  )
}
