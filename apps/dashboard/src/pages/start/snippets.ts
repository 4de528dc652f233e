/** What the snippets send to. */
export interface SnippetTarget {
  /** Address of this server. */
  readonly url: string
  /** The tenant to send for. Undefined for a key that has its own. */
  readonly tenantId: string | undefined
  /** Whether the tenant must be created first. */
  readonly isNewTenant: boolean
}

const KEY = '$TOLLGATE_KEY'

/** Returns a call of curl that records one event. */
export function curlSnippet({ url, tenantId, isNewTenant }: SnippetTarget): string {
  const tenant = tenantId === undefined ? '' : `tenantId: \\"${tenantId}\\", `
  const create = isNewTenant ? `createTenant(input: { id: \\"${tenantId}\\", name: \\"${tenantId}\\" }) { __typename } ` : ''
  const event = 'operation: \\"chat_message\\", provider: \\"openai\\", model: \\"gpt-4o\\", tokens: { input: 1200, output: 300 }'
  return `curl ${url}/graphql \\
  -H "Authorization: Bearer ${KEY}" -H "Content-Type: application/json" \\
  -d '{"query":"mutation { ${create}trackUsage(input: { ${tenant}events: [{ ${event} }] }) { __typename ... on Error { message } } }"}'`
}

/** Returns the lines that meter a client of OpenAI with the SDK. */
export function sdkSnippet({ url, tenantId }: SnippetTarget): string {
  return `import OpenAI from 'openai'
import { createTollgate, meterOpenAI } from '@tollgate/sdk'

const tollgate = createTollgate({ url: '${url}', apiKey: process.env.TOLLGATE_KEY${tenantId === undefined ? '' : `, tenantId: '${tenantId}'`} })
const openai = meterOpenAI(new OpenAI(), tollgate)`
}

/** Returns the settings with which programs that are traced with OpenTelemetry send their calls here. */
export function openTelemetrySnippet({ url, tenantId }: SnippetTarget): string {
  const query = tenantId === undefined ? '' : `?tenant=${encodeURIComponent(tenantId)}`
  return `export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT="${url}/v1/traces${query}"
export OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_TRACES_HEADERS="authorization=Bearer%20${KEY}"`
}
