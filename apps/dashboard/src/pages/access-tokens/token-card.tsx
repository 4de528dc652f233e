import { useEffect, useRef } from 'react'
import { useViewer } from '../../app/viewer-context.ts'
import { Card } from '../../ui/card.tsx'
import { Code } from '../../ui/code.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Time } from '../../ui/time.tsx'
import { tokenCode } from './token-code.ts'
import type { CreatedToken } from './token-form.tsx'
import { TOKEN_SCOPES } from './token-scopes.ts'

/** The token that was created, which is shown once, and the code with which a backend creates it. */
export function TokenCard({ tenantId, created }: { readonly tenantId: string; readonly created: CreatedToken }) {
  const { kind } = useViewer()
  const place = useRef<HTMLDivElement>(null)
  // On a phone, it is below the form.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [created])
  const { token, expiresAt, customerId, scopes, ttlSeconds } = created
  return (
    <div ref={place} className="min-w-0">
      <Card title="The token">
        <div className="flex flex-col gap-4">
          <p className="text-muted">
            Copy it now. It is not stored and not shown again. To see what it shows, open <span className="break-all">{location.origin}/sign-in</span> in a
            private window and paste it there.
          </p>
          <Code label="Access token" text={token} />
          <Facts
            facts={[
              ['Reads', customerId === null ? `the tenant ${tenantId}` : `the customer ${customerId} of ${tenantId}`],
              ['Until', <Time key="at" at={expiresAt} style="second" />],
              [
                'May read',
                <ul key="reads">
                  {TOKEN_SCOPES.filter(({ scope }) => scopes.includes(scope)).map(({ scope, reads }) => (
                    <li key={scope}>{reads}</li>
                  ))}
                </ul>,
              ],
            ]}
          />
          <section className="min-w-0">
            <h3 className="mb-1 font-medium">Create it in your backend</h3>
            <Code
              label="TypeScript code"
              text={tokenCode({ url: location.origin, tenantId: kind === 'OPERATOR' ? tenantId : undefined, customerId, scopes, ttlSeconds })}
            />
          </section>
        </div>
      </Card>
    </div>
  )
}
