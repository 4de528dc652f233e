import { checkText, InvalidInput, type Issue } from '@tollgate/kernel'
import ipaddr from 'ipaddr.js'
import { NOTIFICATION_TYPES, type NotificationType } from './notification.ts'
import { isMetadataAddress, isPublicAddress } from './public-address.ts'
import type { WebhookEndpoint, WebhookEndpointChange } from './webhook-endpoint.ts'

const MAX_URL_LENGTH = 2_000
const MAX_DESCRIPTION_LENGTH = 500

/** Checks the given fields of an endpoint. Throws `InvalidInput` with every issue. */
export function checkWebhookEndpoint({ url, types, description }: WebhookEndpointChange, { allowPrivate }: { allowPrivate: boolean }): void {
  const issues = [
    ...(url === undefined ? [] : checkUrl(url, allowPrivate)),
    ...(types === undefined || types === null ? [] : checkTypes(types)),
    ...(description === undefined || description === null ? [] : checkText('description', description, { max: MAX_DESCRIPTION_LENGTH })),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
}

/** Whether an endpoint may use http and private addresses. Operators know their network; a tenant must not reach into it. */
export function mayUsePrivateAddress({ tenantId }: Pick<WebhookEndpoint, 'tenantId'>, allowed: boolean): boolean {
  return allowed || tenantId === null
}

/** Returns a URL as it was parsed and checked, so that no other program parses it differently. The text must be a URL. */
export function parsedUrl(text: string): string {
  return new URL(text).href
}

/** Names that only a private network or this machine has. */
const PRIVATE_NAME = /^[^.]*$|\.(localhost|local|internal|intranet|lan|home\.arpa)$/

/** Checks what the URL itself shows. The sender looks host names up at every attempt and checks their addresses. */
function checkUrl(text: string, allowPrivate: boolean): Issue[] {
  const issue = (message: string): Issue[] => [{ path: 'url', message }]
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) return issue('must be a URL such as https://example.com/webhooks')
  const length = Math.max(text.length, url.href.length)
  if (length > MAX_URL_LENGTH) return issue(`must be at most ${MAX_URL_LENGTH} characters, not ${length}`)
  if (url.username !== '' || url.password !== '') return issue('must not contain a user or password. Receivers verify the signature instead')
  if (url.hash !== '') return issue('must not have a fragment (#…), which is never sent')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  if (allowPrivate) return isMetadataAddress(host) ? issue('must not be the address of a metadata service') : []
  if (url.protocol === 'http:') return issue('must use https. An operator can allow http with TOLLGATE_WEBHOOK_ALLOW_PRIVATE')
  const isPrivate = ipaddr.isValid(host) ? !isPublicAddress(host) : PRIVATE_NAME.test(host)
  return isPrivate ? issue('must have a public address. An operator can allow private ones with TOLLGATE_WEBHOOK_ALLOW_PRIVATE') : []
}

function checkTypes(types: readonly NotificationType[]): Issue[] {
  if (types.length === 0) return [{ path: 'types', message: 'must name at least one type, or be null for all types' }]
  return types.flatMap((type, index) =>
    NOTIFICATION_TYPES.includes(type)
      ? []
      : [{ path: `types[${index}]`, message: `"${shown(type)}" is not a type. The types are ${NOTIFICATION_TYPES.join(', ')}` }],
  )
}

/** Callers in JavaScript can pass anything. */
function shown(type: unknown): string {
  return String(type).slice(0, 40)
}
