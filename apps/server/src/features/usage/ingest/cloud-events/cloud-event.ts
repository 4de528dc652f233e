import { hash } from 'node:crypto'
import { parseInstant, parseExactJson } from '@tollgate/kernel'
import { EVENT_LIMITS } from '@tollgate/usage'
import { z } from 'zod'
import type { IncomingEvent } from '../incoming-event.ts'

const text = z.string('must be a string').min(1, 'must not be empty')
const JSON_TYPE = /^application\/(?:[\w.+-]*\+)?json\s*(?:;|$)/i

/** The attributes of a CloudEvent that matter here. Others are accepted and ignored. */
const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0', 'must be "1.0"'),
  id: text,
  source: text.regex(/^\S+$/, 'must be a URI reference, which has no spaces'),
  type: text,
  time: z
    .string()
    .refine(value => parseInstant(value) !== undefined, 'must be a time in RFC 3339, such as "2026-11-20T09:30:00Z"')
    .nullish(),
  datacontenttype: z.string().regex(JSON_TYPE, 'must be JSON, such as "application/json"').nullish(),
  tenant: text.nullish(),
  data: z.unknown().optional(),
  data_base64: z.base64('must be base64').nullish(),
})

/** A CloudEvent as an event to track, or what is wrong with it. */
export type ReadCloudEvent =
  | { readonly id: string; readonly source: string; readonly event: IncomingEvent }
  | { readonly id: string | null; readonly source: string | null; readonly issues: readonly { readonly path: string; readonly message: string }[] }

/** Reads a CloudEvent in its JSON format. Its data is the JSON of a `UsageEventInput`, which is checked when it is tracked. */
export function readCloudEvent(json: unknown): ReadCloudEvent {
  const parsed = cloudEventSchema.safeParse(json)
  if (!parsed.success) return { ...namesOf(json), issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
  const { id, source, time, tenant, data_base64: encoded } = parsed.data
  let data = parsed.data.data
  if (encoded !== undefined && encoded !== null) {
    const decoded = decodeData(encoded)
    if (decoded === undefined) return { id, source, issues: [{ path: 'data_base64', message: 'must be JSON in UTF-8' }] }
    data = decoded.json
  }
  const key = idempotencyKeyOf(source, id)
  if (!isObject(data)) return { id, source, issues: [{ path: 'data', message: 'must be a usage event: a JSON object' }] }
  const { idempotencyKey = null, occurredAt = null } = data
  if (idempotencyKey !== null && idempotencyKey !== key) {
    return {
      id,
      source,
      issues: [{ path: 'data.idempotencyKey', message: `must be omitted: a CloudEvent is identified by its source and its id, here ${JSON.stringify(key)}` }],
    }
  }
  const input = { ...data, idempotencyKey: key, ...(occurredAt === null && time !== undefined && time !== null && { occurredAt: time }) }
  return { id, source, event: { input, tenantId: tenant ?? undefined } }
}

/**
 * Returns the key of a CloudEvent: its source, a space and its id. A source has no spaces, so no two events share a key. A key that
 * is too long is hashed.
 */
export function idempotencyKeyOf(source: string, id: string): string {
  const key = `${source} ${id}`
  return key.length <= EVENT_LIMITS.idempotencyKeyLength ? key : `sha256:${hash('sha256', key)}`
}

function decodeData(encoded: string): { readonly json: unknown } | undefined {
  try {
    return { json: parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'))) }
  } catch {
    return undefined
  }
}

function namesOf(json: unknown): { readonly id: string | null; readonly source: string | null } {
  const { id, source } = isObject(json) ? json : {}
  return { id: typeof id === 'string' ? id : null, source: typeof source === 'string' ? source : null }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
