import { isIP } from 'node:net'
import { checkText, InvalidInput, type Issue } from '@tollgate/kernel'
import { NOTICE_TYPES, type NoticeType } from '../notices/notice.ts'
import { isPublicAddress } from './public-address.ts'
import type { WebhookEndpoint, WebhookEndpointChange } from './webhook-endpoint.ts'

const MAX_URL = 2_000

/** Checks what is given of an endpoint. Throws `InvalidInput` with everything that is wrong with it. */
export function checkWebhookEndpoint({ url, types, description }: WebhookEndpointChange, { allowPrivate }: { allowPrivate: boolean }): void {
  const issues = [
    ...(url === undefined ? [] : checkUrl(url, allowPrivate)),
    ...(types === undefined || types === null ? [] : checkTypes(types)),
    ...(description === undefined || description === null ? [] : checkText('description', description, { max: 500 })),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
}

/** Operators know their own network, and may send there; a tenant must not be able to reach into it. */
export function mayBePrivate({ tenantId }: Pick<WebhookEndpoint, 'tenantId'>, allowed: boolean): boolean {
  return allowed || tenantId === null
}

/** What a name stands for is looked at when it is sent to, each time. Here only what can be seen in the URL itself. */
function checkUrl(text: string, allowPrivate: boolean): Issue[] {
  const issue = (message: string): Issue[] => [{ path: 'url', message }]
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) return issue('must be a URL, such as https://example.com/webhooks')
  if (text.length > MAX_URL) return issue(`must be ${MAX_URL} characters at the most, not ${text.length}`)
  if (url.username !== '' || url.password !== '') return issue('must not contain a user or password: who sends is told by the signature')
  if (url.hash !== '') return issue('must not have a fragment (#…): it is never sent')
  if (allowPrivate) return []
  if (url.protocol === 'http:') return issue('must be https. An operator can allow http, by TOLLGATE_WEBHOOK_ALLOW_PRIVATE')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  const isInside = isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : !isPublicAddress(host)
  return isInside ? issue('must lead to a public address. An operator can allow private ones, by TOLLGATE_WEBHOOK_ALLOW_PRIVATE') : []
}

function checkTypes(types: readonly NoticeType[]): Issue[] {
  if (types.length === 0) return [{ path: 'types', message: 'must name at least one type; null stands for all' }]
  return types.flatMap((type, index) =>
    NOTICE_TYPES.includes(type) ? [] : [{ path: `types[${index}]`, message: `"${type.slice(0, 40)}" is not a type; the types are ${NOTICE_TYPES.join(', ')}` }],
  )
}
