import { type SubmitEvent, useState } from 'react'
import { useViewer } from '../../app/viewer-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { fieldError, isPartOfField } from '../../ui/field-error.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { endOfOverlap, EXPIRIES, expiryOf, type Overlap, OVERLAPS } from './key-times.ts'
import { CREATE_KEY, REVOKE_KEY, ROTATE_KEY } from './keys.operations.ts'
import { ScopeChoice } from './scope-choice.tsx'

/** What is done with a key. */
export type KeyChange =
  | { readonly kind: 'create'; readonly tenantId: string | undefined }
  | { readonly kind: 'rotate' | 'revoke'; readonly id: string; readonly name: string }

const KNOWN = ['name', 'scopes', 'expiresAt', 'previousSecretExpiresAt']

/** Creates, rotates or revokes a key, after saying what that means. A secret is shown once. */
export function KeyDialog({ change, onClose }: { readonly change: KeyChange; readonly onClose: (said?: string) => void }) {
  const { scopes: own, tenantKeyScopes } = useViewer()
  const [form, setForm] = useState({ name: '', expires: '', overlap: 'day' as Overlap })
  // Undefined for all.
  const [scopes, setScopes] = useState<readonly string[]>()
  const [secret, setSecret] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [create, isCreating] = useChange(CREATE_KEY)
  const [rotate, isRotating] = useChange(ROTATE_KEY)
  const [revoke, isRevoking] = useChange(REVOKE_KEY)

  const send = async () => {
    if (change.kind === 'create') {
      const expiresAt = expiryOf(form.expires, Date.now())
      const changed = await create({ input: { tenantId: change.tenantId ?? null, name: form.name.trim(), scopes: scopes ?? null, expiresAt } })
      const result = changed.data?.createApiKey
      if (result?.__typename === 'CreateApiKeyPayload') setSecret(result.secret)
      return problemOf(changed, ({ createApiKey }) => createApiKey)
    }
    if (change.kind === 'rotate') {
      const changed = await rotate({ input: { id: change.id, previousSecretExpiresAt: endOfOverlap(form.overlap, Date.now()) } })
      const result = changed.data?.rotateApiKey
      if (result?.__typename === 'RotateApiKeyPayload') setSecret(result.secret)
      return problemOf(changed, ({ rotateApiKey }) => rotateApiKey)
    }
    const refused = problemOf(await revoke({ input: { id: change.id } }), ({ revokeApiKey }) => revokeApiKey)
    if (refused === undefined) onClose(`The key ${change.name} was revoked.`)
    return refused
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setProblem(await send())
  }

  if (secret !== undefined) {
    return (
      <Dialog title="The new secret" about="Store it now: it is not shown again." isOpen onClose={() => onClose()}>
        <Code label="Secret of the key" text={secret} />
        <div className="flex justify-end">
          <Button look="primary" onClick={() => onClose()}>
            Done
          </Button>
        </div>
      </Dialog>
    )
  }
  const texts = textsOf(change)
  return (
    <Dialog title={texts.title} about={texts.about} isOpen onClose={() => onClose()}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {change.kind === 'create' && (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label="Name"
                required
                maxLength={200}
                error={fieldError(problem, 'name')}
                value={form.name}
                onChange={({ target: { value } }) => setForm({ ...form, name: value })}
              />
              <SelectField
                label="Expires"
                choices={EXPIRIES}
                error={fieldError(problem, 'expiresAt')}
                value={form.expires}
                onChange={({ target: { value } }) => setForm({ ...form, expires: value })}
              />
            </div>
            <ScopeChoice
              offered={(change.tenantId === undefined ? own : tenantKeyScopes).toSorted()}
              chosen={scopes}
              error={fieldError(problem, 'scopes')}
              onChange={setScopes}
            />
          </>
        )}
        {change.kind === 'rotate' && (
          <SelectField
            label="The old secret still works"
            choices={OVERLAPS}
            error={fieldError(problem, 'previousSecretExpiresAt')}
            value={form.overlap}
            onChange={({ target: { value } }) => setForm({ ...form, overlap: OVERLAPS.find(overlap => overlap.value === value)?.value ?? 'day' })}
          />
        )}
        <ProblemNote problem={problem} known={[...(problem?.fields.keys() ?? [])].filter(path => KNOWN.some(field => isPartOfField(path, field)))} />
        <DialogButtons onClose={() => onClose()}>
          <Button
            type="submit"
            look={change.kind === 'revoke' ? 'danger' : 'primary'}
            disabled={isCreating || isRotating || isRevoking || (change.kind === 'create' && scopes?.length === 0)}
          >
            {texts.button}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function textsOf(change: KeyChange): { readonly title: string; readonly about: string; readonly button: string } {
  if (change.kind === 'create') {
    const of = change.tenantId === undefined ? 'an operator: it sees every tenant' : `the tenant ${change.tenantId}: it sees only this tenant`
    return { title: 'Create a key', about: `A key of ${of}.`, button: 'Create the key' }
  }
  if (change.kind === 'rotate')
    return {
      title: `Rotate ${change.name}`,
      about: 'It gets a new secret. The old one works for a while, so that programs can change over.',
      button: 'Rotate the key',
    }
  return {
    title: `Revoke ${change.name}`,
    about: 'Programs that use it are refused from the next request on, and sessions made with it end. This cannot be undone.',
    button: 'Revoke the key',
  }
}
