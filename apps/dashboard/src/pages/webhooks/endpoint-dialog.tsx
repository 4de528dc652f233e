import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { TypesField } from './types-field.tsx'
import type { WebhookType } from './webhook-types.ts'
import { CREATE_ENDPOINT } from './webhooks.operations.ts'

export interface EndpointDialogProps {
  /** Undefined for an endpoint of the operator. */
  readonly tenantId: string | undefined
  readonly onClose: () => void
}

/** Adds an endpoint, and shows its secret once. */
export function EndpointDialog({ tenantId, onClose }: EndpointDialogProps) {
  const { form, field } = useForm({ url: '', description: '' })
  const [types, setTypes] = useState<readonly WebhookType[] | null>(null)
  const [secret, setSecret] = useState<string>()
  const [create] = useChange(CREATE_ENDPOINT)
  const send = async () => {
    const changed = await create({ input: { tenantId: tenantId ?? null, url: form.url.trim(), description: textOrNull(form.description), types } })
    const result = changed.data?.createWebhookEndpoint
    if (result?.__typename === 'CreateWebhookEndpointPayload') setSecret(result.secret)
    return problemOf(changed, ({ createWebhookEndpoint }) => createWebhookEndpoint)
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
        <DialogButtons onClose={onClose} closeText="Done" />
      </Dialog>
    )
  }
  return (
    <FormDialog
      title="Add an endpoint"
      about={`It gets the notifications of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} from now on.`}
      submitText="Add the endpoint"
      known={['url', 'description', 'types']}
      send={send}
      onDone={() => undefined}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField label="URL" type="url" required placeholder="https://" error={errorOf('url')} {...field('url')} />
          <TextField label="Description" error={errorOf('description')} {...field('description')} />
          <TypesField types={types} error={errorOf('types')} onChange={setTypes} />
        </>
      )}
    </FormDialog>
  )
}
