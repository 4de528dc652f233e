import { InvalidInput } from '@tollgate/kernel'
import { RESERVATION_ID_PREFIX } from '../../features/quotas/reservation-id.ts'

/** What each type's ids begin with. A tenant's id is its own, and begins with none of these. */
const PREFIXES = {
  UsageEvent: 'evt_',
  Price: 'price_',
  ApiKey: 'key_',
  RejectedEvent: 'rej_',
  RatingRun: 'run_',
  ChargeRule: 'rule_',
  Alert: 'alr_',
  Reservation: RESERVATION_ID_PREFIX,
  WebhookEndpoint: 'whe_',
  WebhookDelivery: 'whd_',
  Tenant: '',
} as const

/** The types that can be found by their id alone. */
export type NodeType = keyof typeof PREFIXES

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const FORMS: Record<NodeType, RegExp> = {
  UsageEvent: UUID,
  ApiKey: UUID,
  RejectedEvent: UUID,
  RatingRun: UUID,
  ChargeRule: UUID,
  Alert: UUID,
  Reservation: UUID,
  WebhookEndpoint: UUID,
  WebhookDelivery: UUID,
  Price: /^[\x21-\x7e]{1,300}$/,
  Tenant: /^[\w.-]{1,64}$/,
}

/** Writes an id as clients see it: "evt_0192…", "acme". */
export function toGlobalId(type: NodeType, id: string): string {
  return PREFIXES[type] + id
}

/** Reads an id of any type. Throws `InvalidInput` where it has the form of none. */
export function readGlobalId(text: string): { type: NodeType; id: string } {
  const type = (Object.keys(PREFIXES) as NodeType[]).find(candidate => text.startsWith(PREFIXES[candidate])) ?? 'Tenant'
  const id = text.slice(PREFIXES[type].length)
  if (!FORMS[type].test(id)) throw new InvalidInput([{ path: 'id', message: `${JSON.stringify(text.slice(0, 100))} is not an id` }])
  return { type, id }
}

/** Whether the text has the form of an id of this type, without its prefix. */
export function isIdOf(type: NodeType, id: string): boolean {
  return FORMS[type].test(id)
}

/** Reads an id that must be of this type. Throws `InvalidInput`, naming the field. */
export function readIdOf(type: NodeType, text: string, path = 'id'): string {
  const id = text.startsWith(PREFIXES[type]) ? text.slice(PREFIXES[type].length) : ''
  if (!FORMS[type].test(id)) {
    throw new InvalidInput([{ path, message: `${JSON.stringify(text.slice(0, 100))} is not an id of this kind; they begin with "${PREFIXES[type]}"` }])
  }
  return id
}
