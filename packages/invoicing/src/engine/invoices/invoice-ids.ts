import { createHash } from 'node:crypto'
import { type Temporal, uuidV7Milliseconds } from '@tollgate/kernel'

/** What identifies the invoice of a billing period. */
export interface InvoiceIdentity {
  readonly tenantId: string
  readonly subscriptionId: string
  /** End of the billing period. */
  readonly at: Temporal.Instant
}

/** Returns the id of the invoice of a billing period: the same whenever, and wherever, it is made. A UUIDv7 of the end of the period. */
export function invoiceIdOf({ tenantId, subscriptionId, at }: InvoiceIdentity): string {
  return hashedId(at.epochMilliseconds, ['invoice', tenantId, subscriptionId, at.toString()])
}

/** Returns the id of a line. */
export function lineIdOf(invoiceId: string, position: number): string {
  return hashedIdOf(invoiceId, ['line', invoiceId, String(position)])
}

/** Returns an id with the time of another one: the same for the same parts. */
export function hashedIdOf(uuid: string, parts: readonly string[]): string {
  return hashedId(uuidV7Milliseconds(uuid), parts)
}

function hashedId(epochMilliseconds: number, parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const time = Math.max(0, epochMilliseconds).toString(16).padStart(12, '0').slice(-12)
  const variant = (0x8 | (Number.parseInt(hash.slice(3, 4), 16) & 0x3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
}

/** Returns the number of an invoice: "INV-acme-000042". The id of the tenant keeps numbers of different tenants apart. */
export function invoiceNumber(series: string, tenantId: string, sequence: number): string {
  return `${series}-${tenantId}-${String(sequence).padStart(6, '0')}`
}
