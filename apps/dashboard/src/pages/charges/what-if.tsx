import { type SubmitEvent, useMemo, useState } from 'react'
import { lastDays } from '../../app/last-days.ts'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAmount } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { BeforeAfter } from './before-after.tsx'
import { WHAT_IF, type WhatIfQuery } from './charges.operations.ts'

const DAYS = 30

/** What the last 30 days of a tenant would have cost and been charged with another plan or markup. Stores nothing. */
export function WhatIf() {
  const { tenantId } = useTenant()
  const [asked, change] = useView(search => ({ markup: textIn(search, 'markup'), plan: textIn(search, 'plan') }))
  const [markup, setMarkup] = useState(asked.markup ?? '')
  const [plan, setPlan] = useState(asked.plan ?? '')
  const isAsked = asked.markup !== undefined || asked.plan !== undefined
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    change({ markup: markup.trim() === '' ? undefined : markup.trim(), plan: plan.trim() === '' ? undefined : plan.trim() })
  }
  return (
    <Card title="What if">
      {tenantId === undefined ? (
        <Empty title="Choose a tenant to simulate its charges.">Its last 30 days are charged again with another markup or plan. Nothing is stored.</Empty>
      ) : (
        <>
          <form onSubmit={submit} className="mb-4 flex flex-wrap items-end gap-3">
            <TextField label="Markup in percent" inputMode="decimal" value={markup} onChange={({ target: { value } }) => setMarkup(value)} />
            <TextField label="Plan" value={plan} onChange={({ target: { value } }) => setPlan(value)} />
            <Button type="submit" look="primary">
              Simulate
            </Button>
          </form>
          {isAsked && <Simulated tenantId={tenantId} markup={asked.markup} plan={asked.plan} />}
        </>
      )}
    </Card>
  )
}

function Simulated({ tenantId, markup, plan }: { readonly tenantId: string; readonly markup: string | undefined; readonly plan: string | undefined }) {
  const range = useMemo(() => lastDays(DAYS), [])
  const scenario = { ...(markup !== undefined && { markups: [{ percent: markup }] }), ...(plan !== undefined && { plan }) }
  const read = useRead(WHAT_IF, { tenantId, range, scenario })
  return <Shown read={read}>{({ simulateCharges }) => <Comparison simulation={simulateCharges} />}</Shown>
}

function Comparison({ simulation: { total, groups } }: { readonly simulation: WhatIfQuery['simulateCharges'] }) {
  return (
    <div className="flex flex-col gap-4">
      <BeforeAfter
        label="Charge of the last 30 days"
        before={total.current.charge}
        after={total.simulated.charge}
        difference={total.chargeDifference}
        currency="USD"
      />
      <BeforeAfter label="Cost of the last 30 days" before={total.current.cost} after={total.simulated.cost} difference={total.costDifference} currency="USD" />
      <DataTable
        caption="Charge by model, now and simulated"
        rows={groups}
        keyOf={({ key }) => JSON.stringify(key)}
        columns={[
          { header: 'Model', cell: ({ key }) => key[0]?.value ?? 'none', className: 'max-w-72 break-words' },
          { header: 'Cost', isNumber: true, cell: ({ current }) => formatAmount(current.cost, 'USD') },
          { header: 'Charge now', isNumber: true, cell: ({ current }) => formatAmount(current.charge, 'USD') },
          { header: 'Charge simulated', isNumber: true, cell: ({ simulated }) => formatAmount(simulated.charge, 'USD') },
        ]}
      />
    </div>
  )
}
