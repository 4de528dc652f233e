import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { CollectionPolicy } from './collection-policy.tsx'
import { InvoiceDetails } from './invoice-details.tsx'
import { InvoiceList } from './invoice-list.tsx'

/** Invoices and credit notes, and one of them as its recipient sees it. */
export function Page() {
  const { tenantId } = useTenant()
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
          {tenantId !== undefined && <CollectionPolicy key={tenantId} tenantId={tenantId} onDone={setSaid} />}
        </>
      ) : (
        <InvoiceDetails key={`${opened} ${version}`} id={opened} onDone={done} onClose={() => change({ invoice: undefined })} />
      )}
    </Frame>
  )
}
