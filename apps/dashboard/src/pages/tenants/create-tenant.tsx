import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TENANT_FIELDS, TenantFields } from './tenant-fields.tsx'
import { CREATE_TENANT } from './tenants.operations.ts'

export interface CreateTenantProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Creates a tenant, whose id is chosen once. */
export function CreateTenant({ onDone, onClose }: CreateTenantProps) {
  const [id, setId] = useState('')
  const [form, setForm] = useState({ name: '', tier: '', timeZone: 'UTC', currency: 'USD' })
  const [problem, setProblem] = useState<Problem>()
  const [create, isSending] = useChange(CREATE_TENANT)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const { name, tier, timeZone, currency } = form
    const input = { id: id.trim(), name: name.trim(), tier: tier.trim() === '' ? null : tier.trim(), timeZone: timeZone.trim(), currency: currency.trim() }
    const refused = problemOf(await create({ input }), ({ createTenant }) => createTenant)
    setProblem(refused)
    if (refused === undefined) onDone(`The tenant ${input.id} was created. Create a key for it, so that it can send usage.`)
  }
  return (
    <Dialog title="Create a tenant" about="Tenants cannot be deleted, and the id of a tenant cannot be changed." isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4" noValidate>
        <TextField
          label="Id"
          hint="Letters, digits, dots, underscores and hyphens. Programs name the tenant by it."
          required
          maxLength={64}
          autoComplete="off"
          error={problem?.fields.get('id')}
          value={id}
          onChange={({ target: { value } }) => setId(value)}
        />
        <TenantFields form={form} problem={problem} onChange={setForm} />
        <ProblemNote problem={problem} known={['id', ...TENANT_FIELDS]} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            {isSending ? 'Creating …' : 'Create the tenant'}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
