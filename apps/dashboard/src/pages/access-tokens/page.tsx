import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { Card } from '../../ui/card.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty } from '../../ui/states.tsx'
import { TokenCard } from './token-card.tsx'
import { type MadeToken, TokenForm } from './token-form.tsx'

/** Short-lived tokens with which a browser reads a tenant, or one customer of it. */
export function Page() {
  const { tenantId } = useTenant()
  return (
    <Frame
      title="Access tokens"
      about="A browser must not hold an API key. With an access token, it reads one tenant, or one customer of it, for a short time, and changes nothing."
    >
      {tenantId === undefined ? (
        <Card>
          <Empty title="Choose a tenant.">A token reads one tenant: choose it above the pages.</Empty>
        </Card>
      ) : (
        <Tokens key={tenantId} tenantId={tenantId} />
      )}
    </Frame>
  )
}

function Tokens({ tenantId }: { readonly tenantId: string }) {
  const [made, setMade] = useState<MadeToken>()
  return (
    <>
      <Said text={made && `The token was made. It reads ${made.customerId === null ? `the tenant ${tenantId}` : `the customer ${made.customerId}`}.`} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <TokenForm tenantId={tenantId} onMade={setMade} />
        {made === undefined ? (
          <Card title="What to know">
            <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
              <li>Your backend makes one for each signed-in customer, with a key that has the scope tokens:write.</li>
              <li>A token of a customer reads usage, quotas and credits of this customer only. Invoices are those of the tenant.</li>
              <li>It ends by itself, and at once when the key that made it is revoked. No single token can be ended.</li>
              <li>It is not stored, so there is no list of tokens. The audit log says who made one.</li>
            </ul>
          </Card>
        ) : (
          <TokenCard tenantId={tenantId} made={made} />
        )}
      </div>
    </>
  )
}
