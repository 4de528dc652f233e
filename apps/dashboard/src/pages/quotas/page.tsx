import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { Button } from '../../ui/button.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { EditedLimit } from './edited-limit.tsx'
import { Limits } from './limits.tsx'
import { Plans } from './plans.tsx'
import { PutOnPlanDialog } from './put-on-plan-dialog.tsx'
import { QuotaList } from './quota-list.tsx'
import type { LimitFragment } from './quotas.operations.ts'

/** What is being changed: a new limit, or one that exists. */
export type Editing = { readonly limit: LimitFragment | undefined } | undefined

/** What every limit allows and what is used of it, and where limits are set. */
export function Page() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  const isOperator = kind === 'OPERATOR'
  const maySet = useScope('quotas:write') && isOperator && tenantId !== undefined
  const mayPutOnPlan = useScope('tenants:write') && isOperator
  const [editing, setEditing] = useState<Editing>()
  const [putFrom, setPutFrom] = useState<string>()
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    setEditing(undefined)
    setPutFrom(undefined)
    setVersion(version + 1)
  }
  return (
    <Frame
      title="Quotas"
      about={
        tenantId === undefined
          ? 'Tenants that have used half of a quota or more. Choose a tenant to see all its quotas and to set limits.'
          : 'Every limit, and what is used of it.'
      }
      actions={
        maySet && (
          <Button look="primary" onClick={() => setEditing({ limit: undefined })}>
            Set a limit
          </Button>
        )
      }
    >
      <Said text={said} />
      <QuotaList key={`usage ${version}`} />
      {tenantId !== undefined && (
        <Limits
          key={`limits ${version}`}
          onEdit={maySet ? limit => setEditing({ limit }) : undefined}
          onPutOnPlan={mayPutOnPlan ? plan => setPutFrom(plan) : undefined}
        />
      )}
      {isOperator && <Plans key={`plans ${version}`} onDone={done} />}
      {putFrom !== undefined && tenantId !== undefined && (
        <PutOnPlanDialog tenantId={tenantId} current={putFrom} onDone={done} onClose={() => setPutFrom(undefined)} />
      )}
      {editing !== undefined && tenantId !== undefined && (
        <EditedLimit tenantId={tenantId} limit={editing.limit} onDone={done} onClose={() => setEditing(undefined)} />
      )}
    </Frame>
  )
}
