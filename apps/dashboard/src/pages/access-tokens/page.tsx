import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { Card } from '../../ui/card.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty } from '../../ui/states.tsx'
import { TokenCard } from './token-card.tsx'
import { type CreatedToken, TokenForm } from './token-form.tsx'

/** Short-lived tokens with which a browser reads a tenant, or one customer of it. */
export function Page() {
  const { tenantId } = useTenant()
  return (
    <Frame
      title="Access tokens"
      about="Short-lived tokens for browsers, which must not hold an API key. A token reads one tenant or one customer, and changes nothing."
    >
      {tenantId === undefined ? (
        <Card>
          <Empty title="Choose a tenant.">A token reads one tenant. Choose one at the top of the navigation.</Empty>
        </Card>
      ) : (
        <Tokens key={tenantId} tenantId={tenantId} />
      )}
    </Frame>
  )
}

function Tokens({ tenantId }: { readonly tenantId: string }) {
  const [created, setCreated] = useState<CreatedToken>()
  return (
    <>
      <Said
        text={created && `The token was created. It reads ${created.customerId === null ? `the tenant ${tenantId}` : `the customer ${created.customerId}`}.`}
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <TokenForm tenantId={tenantId} onCreated={setCreated} />
        {created === undefined ? (
          <Card title="What to know">
            <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
              <li>
                Your backend creates one for each signed-in customer. Its key needs <code>tokens:write</code> and every scope of the token.
              </li>
              <li>A customer's token reads the usage, quotas and credits of this customer only, and no invoices.</li>
              <li>A token expires by itself. Revoking the key that created it ends it at once. A single token cannot be revoked.</li>
              <li>Tokens are not stored, so there is no list. The audit log records who created each one.</li>
            </ul>
          </Card>
        ) : (
          <TokenCard tenantId={tenantId} created={created} />
        )}
      </div>
    </>
  )
}
