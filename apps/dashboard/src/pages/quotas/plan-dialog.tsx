import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { WhatChanges } from '../../ui/what-changes.tsx'
import { LIMIT_FIELDS, LimitKeyFields, LimitTermFields } from './limit-fields.tsx'
import { formOfLimit, keyOf, type LimitForm, newLimit, policyOf } from './limit-form.ts'
import { planChanges, UNLISTED } from './plan-changes.ts'
import { limitName } from './quota-name.ts'
import { PUBLISH_QUOTA_PLAN, type QuotaPlansQuery } from './quota-plans.operations.ts'

export type QuotaPlan = QuotaPlansQuery['quotaPlans'][number]

export interface PlanDialogProps {
  readonly plans: readonly QuotaPlan[]
  /** The plan to change; undefined for a new one. */
  readonly plan: QuotaPlan | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes the limits of a plan, after saying what differs from the plan of that name. */
export function PlanDialog({ plans, plan, onDone, onClose }: PlanDialogProps) {
  const [name, setName] = useState(plan?.name ?? '')
  const [unlisted, setUnlisted] = useState<QuotaPlan['unlisted']>(plan?.unlisted ?? 'DENY')
  // Limits come and go: each is known by a number of its own.
  const [limits, setLimits] = useState(() => (plan?.policies.map(formOfLimit) ?? [newLimit()]).map((form, id) => ({ id, form })))
  const [publish] = useChange(PUBLISH_QUOTA_PLAN)
  const replaced = plans.find(other => other.name === name.trim())
  const policies = limits.map(({ form }) => policyOf(form))
  const send = async () => problemOf(await publish({ input: { name: name.trim(), unlisted, policies } }), ({ publishQuotaPlan }) => publishQuotaPlan)
  const change = (id: number, form: LimitForm) => setLimits(limits.map(limit => (limit.id === id ? { id, form } : limit)))
  return (
    <FormDialog
      title={plan === undefined ? 'Publish a quota plan' : `Change the plan ${plan.name}`}
      about="Its limits apply to all tenants of the plan from the next request on. What is used already counts, and limits that were set for one tenant stay."
      submitText="Publish the plan"
      isWide
      known={['name', 'unlisted', ...limits.flatMap((_, at) => LIMIT_FIELDS.map(field => `policies[${at}].${field}`))]}
      send={send}
      onDone={() => onDone(`The plan ${name.trim()} was published with ${limits.length === 1 ? '1 limit' : `${formatCount(limits.length)} limits`}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Name"
              hint="The plan of tenants, such as pro, or “default” for those without."
              required
              disabled={plan !== undefined}
              error={errorOf('name')}
              value={name}
              onChange={({ target: { value } }) => setName(value)}
            />
            <SelectField
              label="Other requests are"
              hint="Those that no limit of the plan counts."
              error={errorOf('unlisted')}
              choices={Object.entries(UNLISTED).map(([value, label]) => ({ value, label }))}
              value={unlisted}
              onChange={({ target: { value } }) => setUnlisted(value as typeof unlisted)}
            />
          </div>
          {limits.map(({ id, form }, at) => {
            const fields = { form, onChange: (changed: LimitForm) => change(id, changed), errorOf: (field: string) => errorOf(`policies[${at}].${field}`) }
            return (
              <fieldset key={id} className="min-w-0 rounded-md border border-line p-3">
                <legend className="px-1 font-medium break-words">{limitName(keyOf(form))}</legend>
                <div className="grid gap-4 sm:grid-cols-2 md:grid-cols-3">
                  <LimitKeyFields {...fields} />
                </div>
                <div className="mt-4 grid gap-4 sm:grid-cols-2 md:grid-cols-3">
                  <LimitTermFields {...fields} />
                </div>
                <div className="mt-3 flex justify-end">
                  <Button
                    look="danger"
                    aria-label={`Remove limit ${at + 1}: ${limitName(keyOf(form))}`}
                    onClick={() => setLimits(limits.filter(limit => limit.id !== id))}
                  >
                    Remove
                  </Button>
                </div>
              </fieldset>
            )
          })}
          <div>
            <Button onClick={() => setLimits([...limits, { id: Math.max(-1, ...limits.map(limit => limit.id)) + 1, form: newLimit() }])}>Add a limit</Button>
          </div>
          <WhatChanges
            changes={planChanges(replaced, { unlisted, policies })}
            empty={replaced === undefined ? 'Nothing yet.' : 'Nothing: the plan is published as it is.'}
          >
            {plan === undefined && replaced !== undefined && <p className="mt-1 text-warn">{`This replaces the plan ${replaced.name} that exists.`}</p>}
          </WhatChanges>
        </>
      )}
    </FormDialog>
  )
}
