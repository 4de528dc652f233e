import { parseDecimal, parseInstant } from '@tollgate/kernel'
import type { UsageEventDraft } from './event.ts'

/** Bytes of JSON that are kept of a refused event. */
export const MAX_REJECTED_PAYLOAD_BYTES = 65_536

/** What a client sent, as JSON has it: times and amounts as text. Null where it is too large to keep, or cannot be JSON. */
export function rejectedPayload(draft: unknown): unknown {
  const json = toJson(draft)
  return json === undefined || Buffer.byteLength(json) > MAX_REJECTED_PAYLOAD_BYTES ? null : JSON.parse(json)
}

/** The draft that a payload was made from. What cannot be read stays as it is, and will be refused again, by its field. */
export function draftFromPayload(payload: unknown): UsageEventDraft {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload as UsageEventDraft
  const { occurredAt, quantity, reportedCost, ...rest } = payload as Record<string, unknown>
  return {
    ...rest,
    occurredAt: read(occurredAt, parseInstant),
    quantity: read(quantity, parseDecimal),
    reportedCost: read(reportedCost, parseDecimal),
  } as UsageEventDraft
}

function read(field: unknown, parse: (text: string) => unknown): unknown {
  return typeof field === 'string' ? (parse(field) ?? field) : field
}

/** Undefined for what JSON cannot express: a circle, a bigint, a function. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
