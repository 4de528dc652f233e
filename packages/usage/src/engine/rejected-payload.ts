import { parseDecimal, parseExactJson, parseInstant } from '@tollgate/kernel'
import type { UsageEventDraft } from '../model/event.ts'

/** Maximum size of the JSON that is stored of a rejected event. */
export const MAX_REJECTED_PAYLOAD_BYTES = 65_536

/** Maximum nesting of the JSON that is stored of a rejected event. */
const MAX_REJECTED_PAYLOAD_DEPTH = 32

/** Returns what a client sent as JSON, with times and amounts as text; null if it is too large, nested too deeply or cannot be JSON. */
export function rejectedPayload(draft: unknown): unknown {
  const json = toJson(draft)
  if (json === undefined || Buffer.byteLength(json) > MAX_REJECTED_PAYLOAD_BYTES) return null
  const payload = parseExactJson(json)
  return depthExceeds(payload, MAX_REJECTED_PAYLOAD_DEPTH) ? null : payload
}

/** Restores the draft from a payload. An unreadable field is left as it is, so that validation rejects it again by name. */
export function draftFromPayload(payload: unknown): UsageEventDraft {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload as UsageEventDraft
  const { occurredAt, quantity, reportedCost, credits, ...rest } = payload as Record<string, unknown>
  return {
    ...rest,
    occurredAt: read(occurredAt, parseInstant),
    quantity: read(quantity, parseDecimal),
    reportedCost: read(reportedCost, parseDecimal),
    ...(credits !== undefined && { credits: read(credits, parseDecimal) }),
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

/** Iterates instead of recursing, because deep nesting must not overflow the stack. */
function depthExceeds(value: unknown, max: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > max) return true
    level = level.flatMap((item): unknown[] => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}
