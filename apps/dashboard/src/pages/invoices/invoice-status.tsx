import { Badge, type Tone } from '../../ui/badge.tsx'
import { wordOf } from '../../ui/format.ts'

const TONES: Readonly<Record<string, Tone>> = { PAID: 'good', OVERDUE: 'bad', UNCOLLECTIBLE: 'bad', PARTIALLY_PAID: 'warn' }

/** The state of an invoice. */
export function InvoiceStatus({ status }: { readonly status: string }) {
  return <Badge tone={TONES[status] ?? 'neutral'}>{wordOf(status)}</Badge>
}
