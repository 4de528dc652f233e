import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { CREATE_ENDPOINT } from './webhooks.operations.ts'

export interface EndpointDialogProps {
  /** Undefined for an endpoint of the operator. */
  readonly tenantId: string | undefined
  readonly onClose: () => void
}

/** Adds an endpoint, and shows its secret once. */
export function EndpointDialog({ tenantId, onClose }: EndpointDialogProps) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [secret, setSecret] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [create, isSending] = useChange(CREATE_ENDPOINT)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const changed = await create({ input: { tenantId: tenantId ?? null, url: url.trim(), description: description.trim() === '' ? null : description.trim() } })
    setProblem(problemOf(changed, ({ createWebhookEndpoint }) => createWebhookEndpoint))
    const result = changed.data?.createWebhookEndpoint
    if (result?.__typename === 'CreateWebhookEndpointPayload') setSecret(result.secret)
  }
  if (secret !== undefined) {
    return (
      <Dialog
        title="The endpoint was added"
        about="Store its secret now: it is not shown again. Your server verifies signatures with it."
        isOpen
        onClose={onClose}
      >
        <Code label="Secret of the endpoint" text={secret} />
        <div className="flex justify-end">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      title="Add an endpoint"
      about={`It gets the notifications of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} from now on.`}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="URL"
          type="url"
          required
          placeholder="https://"
          error={problem?.fields.get('url')}
          value={url}
          onChange={({ target: { value } }) => setUrl(value)}
        />
        <TextField
          label="Description"
          error={problem?.fields.get('description')}
          value={description}
          onChange={({ target: { value } }) => setDescription(value)}
        />
        <ProblemNote problem={problem} known={['url', 'description']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Add the endpoint
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
