import { parseDecimal, parseInstant } from '@tollgate/kernel'
import type { UsageEventDraft } from '../model/event.ts'

/** Maximum size of the JSON that is stored of a rejected event. */
export const MAX_REJECTED_PAYLOAD_BYTES = 65_536

/** Returns what a client sent as JSON, with times and amounts as text; null if it is too large or cannot be JSON. */
export function rejectedPayload(draft: unknown): unknown {
  const json = toJson(draft)
  return json === undefined || Buffer.byteLength(json) > MAX_REJECTED_PAYLOAD_BYTES ? null : JSON.parse(json)
}

/** Restores the draft from a payload. An unreadable field is left as it is, so that validation rejects it again by name. */
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

/** Returns undefined for a value that JSON cannot express, such as a cycle, a bigint or a function. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
