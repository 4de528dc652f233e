import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Balances } from './balances.tsx'
import { BillingProfile } from './billing-profile.tsx'
import { BillingRuns } from './billing-runs.tsx'
import { BillingSettings } from './billing-settings.tsx'
import { CollectionPolicy } from './collection-policy.tsx'
import { Emails } from './emails.tsx'
import { InvoiceDetails } from './invoice-details.tsx'
import { InvoiceList } from './invoice-list.tsx'

/** Invoices and credit notes, and one of them as its recipient sees it. */
export function Page() {
  const { tenantId } = useTenant()
  const isOperator = useViewer().kind === 'OPERATOR'
  const mayChange = useScope('billing:write') && isOperator
  const [opened, change] = useView(search => textIn(search, 'invoice'))
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    setVersion(version + 1)
  }
  return (
    <Frame title="Invoices" about="What tenants owe and have paid. A finalised invoice never changes.">
      <Said text={said} />
      {opened === undefined ? (
        <>
          <InvoiceList key={version} onOpen={id => change({ invoice: id })} />
          {tenantId !== undefined && <Balances key={`balance ${tenantId} ${version}`} tenantId={tenantId} mayRecord={mayChange} onDone={done} />}
          {tenantId !== undefined && <BillingProfile key={`profile ${tenantId}`} tenantId={tenantId} mayChange={mayChange} onDone={setSaid} />}
          {tenantId !== undefined && <CollectionPolicy key={`policy ${tenantId} ${version}`} tenantId={tenantId} onDone={done} />}
          {isOperator && tenantId === undefined && <BillingSettings mayChange={mayChange} onDone={setSaid} />}
          {isOperator && <BillingRuns mayStart={mayChange} onDone={done} />}
          {isOperator && <Emails key={`mails ${tenantId} ${version}`} mayResend={mayChange} onDone={setSaid} />}
        </>
      ) : (
        <InvoiceDetails key={`${opened} ${version}`} id={opened} onDone={done} onClose={() => change({ invoice: undefined })} />
      )}
    </Frame>
  )
}
