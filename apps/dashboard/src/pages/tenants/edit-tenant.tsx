import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { formOf, tenantChanges, updateInput } from './tenant-changes.ts'
import { TENANT_FIELDS, TenantFields } from './tenant-fields.tsx'
import { type TenantRowFragment, UPDATE_TENANT } from './tenants.operations.ts'

export interface EditTenantProps {
  readonly tenant: TenantRowFragment
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes a tenant. Says what will change, and what follows from it, before it is done. */
export function EditTenant({ tenant, onDone, onClose }: EditTenantProps) {
  const [form, setForm] = useState(() => formOf(tenant))
  const [problem, setProblem] = useState<Problem>()
  const [update, isSending] = useChange(UPDATE_TENANT)
  const changes = tenantChanges(tenant, form)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = problemOf(await update({ input: updateInput(tenant, form) }), ({ updateTenant }) => updateTenant)
    setProblem(refused)
    if (refused === undefined)
      onDone(`The tenant ${tenant.id} was changed: ${changes.map(({ label, after }) => `${label.toLowerCase()} is now ${after}`).join(', ')}.`)
  }
  return (
    <Dialog title={`Change ${tenant.name}`} about={`The tenant ${tenant.id}.`} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4" noValidate>
        <TenantFields form={form} problem={problem} onChange={setForm} />
        <section aria-live="polite" className="rounded-md bg-sunken p-3">
          <h3 className="font-medium">What will change</h3>
          {changes.length === 0 ? (
            <p className="text-muted">Nothing yet.</p>
          ) : (
            <ul className="mt-1 flex flex-col gap-2">
              {changes.map(({ label, before, after, effect }) => (
                <li key={label} className="break-words">
                  {label}: {before} → <strong>{after}</strong>
                  <div className="text-muted">{effect}</div>
                </li>
              ))}
            </ul>
          )}
        </section>
        <ProblemNote problem={problem} known={TENANT_FIELDS} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending || changes.length === 0}>
            {isSending ? 'Changing …' : 'Change the tenant'}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
