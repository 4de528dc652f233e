import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Loading } from '../../ui/states.tsx'
import { WhatChanges } from '../../ui/what-changes.tsx'
import { useRead } from '../../graphql/use-read.ts'
import { planChanges } from './plan-changes.ts'
import { PUT_ON_PLAN, QUOTA_PLANS } from './quota-plans.operations.ts'

export interface PutOnPlanDialogProps {
  readonly tenantId: string
  /** The plan whose limits apply now. */
  readonly current: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

const DEFAULT_PLAN = 'default'

/** Puts a tenant on another plan, after saying which limits that changes. */
export function PutOnPlanDialog({ tenantId, current, onDone, onClose }: PutOnPlanDialogProps) {
  const [name, setName] = useState(current)
  const plans = useRead(QUOTA_PLANS, {}).data?.quotaPlans
  const [put] = useChange(PUT_ON_PLAN)
  const before = plans?.find(plan => plan.name === current)
  const after = plans?.find(plan => plan.name === name)
  const send = async () => problemOf(await put({ input: { id: tenantId, tier: name === DEFAULT_PLAN ? null : name } }), ({ updateTenant }) => updateTenant)
  return (
    <FormDialog
      title="Put the tenant on another plan"
      about={`The limits of the plan apply to ${tenantId} from the next request on, and so do charge rules of that plan. What is used already counts. If it has a subscription, change the plan of that instead.`}
      submitText="Put it on the plan"
      isIdle={name === current}
      known={['tier']}
      send={send}
      onDone={() => onDone(`The tenant ${tenantId} is on the plan ${name}.`)}
      onClose={onClose}
    >
      {errorOf =>
        plans === undefined ? (
          <Loading />
        ) : (
          <>
            <SelectField
              label="Plan"
              error={errorOf('tier')}
              choices={plans.map(plan => ({ value: plan.name, label: plan.name === DEFAULT_PLAN ? 'no plan: the limits of “default”' : plan.name }))}
              value={name}
              onChange={({ target: { value } }) => setName(value)}
            />
            {after !== undefined && (
              <WhatChanges changes={planChanges(before, after)} empty={name === current ? 'Nothing yet.' : 'No limit differs.'}>
                <p className="mt-1 text-muted">Limits that were set for this tenant stay.</p>
              </WhatChanges>
            )}
          </>
        )
      }
    </FormDialog>
  )
}
