import { useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TypesField } from './types-field.tsx'
import { typeLabel } from './webhook-types.ts'
import { DELETE_ENDPOINT, type EndpointsQuery, ROTATE_SECRET, UPDATE_ENDPOINT } from './webhooks.operations.ts'

type Endpoint = EndpointsQuery['webhookEndpoints']['nodes'][number]

export interface EndpointChangesProps {
  readonly endpoint: Endpoint
  readonly mayChange: boolean
  readonly onChanged: (said: string) => void
  readonly onDeleted: () => void
}

/** The endpoint that is open, and what can be changed about it. */
export function EndpointChanges({ endpoint, mayChange, onChanged, onDeleted }: EndpointChangesProps) {
  const [change, setChange] = useState<'edit' | 'rotate' | 'delete'>()
  const onClose = () => setChange(undefined)
  const done = (said: string) => {
    onClose()
    onChanged(said)
  }
  return (
    <Card
      title="Endpoint"
      actions={
        mayChange && (
          <>
            <Button onClick={() => setChange('edit')}>Change</Button>
            <Button onClick={() => setChange('rotate')}>Replace the secret</Button>
            <Button look="danger" onClick={() => setChange('delete')}>
              Delete
            </Button>
          </>
        )
      }
    >
      <Facts
        facts={[
          [
            'URL',
            <span key="url" className="break-all">
              {endpoint.url}
            </span>,
          ],
          ['Description', endpoint.description],
          ['Types', endpoint.types === null ? 'all' : endpoint.types.map(typeLabel).join(', ')],
          ['Of', endpoint.tenant?.name ?? 'the operator'],
        ]}
      />
      {change === 'edit' && <EditDialog {...{ endpoint, onClose }} onDone={() => done('The endpoint was changed.')} />}
      {change === 'rotate' && <RotateDialog {...{ endpoint, onClose }} />}
      {change === 'delete' && <DeleteDialog {...{ endpoint, onClose }} onDone={onDeleted} />}
    </Card>
  )
}

interface ChangeDialogProps {
  readonly endpoint: Endpoint
  readonly onDone: () => void
  readonly onClose: () => void
}

function EditDialog({ endpoint, onDone, onClose }: ChangeDialogProps) {
  const [url, setUrl] = useState(endpoint.url)
  const [description, setDescription] = useState(endpoint.description ?? '')
  const [enabled, setEnabled] = useState(endpoint.enabled)
  const [types, setTypes] = useState(endpoint.types)
  const [update] = useChange(UPDATE_ENDPOINT)
  const send = async () => {
    const changed = await update({
      input: { id: endpoint.id, url: url.trim(), description: description.trim() === '' ? null : description.trim(), enabled, types },
    })
    return problemOf(changed, ({ updateWebhookEndpoint }) => updateWebhookEndpoint)
  }
  return (
    <FormDialog
      title="Change the endpoint"
      about="What is sent from now on goes to this address. While it is off, nothing is sent."
      submitText="Change the endpoint"
      known={['url', 'description', 'enabled', 'types']}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <>
          <TextField label="URL" type="url" required error={errorOf('url')} value={url} onChange={({ target: { value } }) => setUrl(value)} />
          <TextField label="Description" error={errorOf('description')} value={description} onChange={({ target: { value } }) => setDescription(value)} />
          <SelectField
            label="State"
            error={errorOf('enabled')}
            choices={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ]}
            value={enabled ? 'on' : 'off'}
            onChange={({ target: { value } }) => setEnabled(value === 'on')}
          />
          <TypesField types={types} error={errorOf('types')} onChange={setTypes} />
        </>
      )}
    </FormDialog>
  )
}

function DeleteDialog({ endpoint, onDone, onClose }: ChangeDialogProps) {
  const [remove] = useChange(DELETE_ENDPOINT)
  const send = async () => problemOf(await remove({ input: { id: endpoint.id } }), ({ deleteWebhookEndpoint }) => deleteWebhookEndpoint)
  return (
    <FormDialog
      title="Delete the endpoint"
      about={`Nothing is sent to ${endpoint.url} any more, and its deliveries are deleted too. This cannot be undone.`}
      submitText="Delete the endpoint"
      closeText="Keep it"
      look="danger"
      {...{ send, onDone, onClose }}
    />
  )
}

function RotateDialog({ endpoint, onClose }: Omit<ChangeDialogProps, 'onDone'>) {
  const [secret, setSecret] = useState<string>()
  const [rotate] = useChange(ROTATE_SECRET)
  const send = async (): Promise<Problem | undefined> => {
    const changed = await rotate({ input: { endpointId: endpoint.id } })
    const result = changed.data?.rotateWebhookSecret
    if (result?.__typename === 'RotateWebhookSecretPayload') setSecret(result.secret)
    return problemOf(changed, ({ rotateWebhookSecret }) => rotateWebhookSecret)
  }
  if (secret === undefined) {
    return (
      <FormDialog
        title="Replace the secret"
        about="Messages are signed with the old and the new secret for a day, so that your server can change over."
        submitText="Replace the secret"
        send={send}
        onDone={() => undefined}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog title="The new secret" about="Store it now: it is not shown again." isOpen onClose={onClose}>
      <Code label="Secret of the endpoint" text={secret} />
      <DialogButtons onClose={onClose} closeText="Done" />
    </Dialog>
  )
}
