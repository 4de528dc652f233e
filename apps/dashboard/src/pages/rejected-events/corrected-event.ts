/** Returns what was sent as the text of a form, as the API takes it. Without it, because it was too large to keep, the start of another event. */
export function textOfPayload(payload: unknown): string {
  if (payload === null) return '{\n  "operation": ""\n}'
  return JSON.stringify(isObject(payload) && typeof payload.status === 'string' ? { ...payload, status: payload.status.toUpperCase() } : payload, null, 2)
}

/** An event that was typed, or why there is none. */
export type TypedEvent = { readonly event: Readonly<Record<string, unknown>>; readonly problem?: undefined } | { readonly problem: string }

/** Reads the event that was typed as JSON. */
export function readTypedEvent(text: string): TypedEvent {
  try {
    const event: unknown = JSON.parse(text)
    return isObject(event) ? { event } : { problem: 'Write one JSON object, such as {"operation": "chat"}.' }
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
