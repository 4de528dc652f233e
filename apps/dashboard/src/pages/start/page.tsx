import { useTenant } from '../../app/tenant-context.ts'
import { useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { Code } from '../../ui/code.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'
import { DemoCard } from './demo-card.tsx'
import { FirstEvent } from './first-event.tsx'
import { curlSnippet, openTelemetrySnippet, sdkSnippet } from './snippets.ts'
import { FIRST_TENANT } from './start.operations.ts'
import { useLatestEvent } from './use-latest-event.ts'

/** The tenant that the call of curl creates if there is none. */
const NEW_TENANT = 'acme'

/** How to send the first event to exactly this server, and the event once it is there. */
export function Page() {
  const { kind, scopes } = useViewer()
  const { tenantId } = useTenant()
  const needsTenant = kind === 'OPERATOR' && tenantId === undefined
  const readsTenants = needsTenant && scopes.includes('tenants:read')
  const tenants = useRead(FIRST_TENANT, {}, { isPaused: !readsTenants })
  const first = tenants.data?.tenants.nodes[0]?.id
  const isNewTenant = needsTenant && tenants.data !== undefined && first === undefined
  const target = { url: location.origin, tenantId: kind === 'OPERATOR' ? (tenantId ?? first ?? NEW_TENANT) : undefined, isNewTenant }
  const latest = useLatestEvent(tenantId)
  const mayLoadDemo = kind === 'OPERATOR' && scopes.includes('tenants:write') && scopes.includes('billing:write')

  if (readsTenants && tenants.data === undefined && tenants.error === undefined) {
    return (
      <Frame title="Get started">
        <Loading lines={8} />
      </Frame>
    )
  }
  return (
    <Frame title="Get started" about="Send usage in the way that suits your program.">
      <FirstEvent latest={latest} />
      <Card title="With curl">
        <p className="mb-2 text-muted">
          {`First put your key in a variable: export TOLLGATE_KEY=… `}
          {isNewTenant
            ? `An operator key names the tenant of its events; this call creates the tenant “${NEW_TENANT}” and records its first event.`
            : target.tenantId === undefined
              ? 'Your key has a tenant of its own, so its calls name none.'
              : `An operator key names the tenant of its events, here “${target.tenantId}”. With a key of that tenant, leave the name out.`}
        </p>
        <Code label="Call of curl" text={curlSnippet(target)} />
      </Card>
      <Card title="In TypeScript">
        <Code label="Lines of TypeScript" text={sdkSnippet(target)} />
      </Card>
      <Card title="With OpenTelemetry">
        <p className="mb-2 text-muted">For programs whose spans follow the conventions for generative AI (gen_ai.*).</p>
        <Code label="Settings of OpenTelemetry" text={openTelemetrySnippet(target)} />
      </Card>
      {mayLoadDemo && needsTenant && latest.isWaiting && <DemoCard />}
    </Frame>
  )
}
