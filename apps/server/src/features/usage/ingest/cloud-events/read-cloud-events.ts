import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { parseExactJson } from '@tollgate/kernel'
import { isNestedDeeperThan } from '../../../../http/json-nesting.ts'
import { MAX_BODY_NESTING } from '../../../../http/request-limits.ts'

/** How a request carries CloudEvents: one as JSON, a list of them, or one whose attributes are headers and whose data is the body. */
export type ContentMode = 'structured' | 'batch' | 'binary'

/** The JSON of the CloudEvents of a request, unchecked; or what is wrong with its body. */
export type CloudEventsBody = { readonly events: readonly unknown[] } | { readonly problem: string }

const TYPES: readonly (readonly [RegExp, ContentMode])[] = [
  [/^application\/cloudevents\+json\s*(?:;|$)/i, 'structured'],
  [/^application\/cloudevents-batch\+json\s*(?:;|$)/i, 'batch'],
]
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i

/** Returns how a request carries CloudEvents; undefined if it carries none, or not in UTF-8. */
export function contentModeOf(headers: IncomingHttpHeaders): ContentMode | undefined {
  const { 'content-type': type = '' } = headers
  const [, charset = 'utf-8'] = CHARSET.exec(type) ?? []
  if (!/^utf-?8$/i.test(charset)) return undefined
  const [, mode] = TYPES.find(([pattern]) => pattern.test(type)) ?? []
  return mode ?? (headers['ce-specversion'] !== undefined && !/^application\/cloudevents/i.test(type) ? 'binary' : undefined)
}

/** Reads the body of a request in any of the modes. */
export function readCloudEvents(mode: ContentMode, headers: IncomingHttpHeaders, body: Buffer): CloudEventsBody {
  const json = parseJson(body)
  if ('problem' in json) return json
  if (mode === 'batch') return Array.isArray(json.value) ? { events: json.value } : { problem: 'The body must be a JSON list of CloudEvents' }
  return { events: [mode === 'structured' ? json.value : { ...attributesOf(headers), data: json.value }] }
}

function parseJson(body: Buffer): { readonly value: unknown } | { readonly problem: string } {
  if (!isUtf8(body)) return { problem: 'The body is not valid UTF-8' }
  if (isNestedDeeperThan(body, MAX_BODY_NESTING)) return { problem: `The body is nested deeper than ${MAX_BODY_NESTING} levels` }
  try {
    return { value: parseExactJson(body.toString('utf8')) }
  } catch (error) {
    return { problem: `The body is not valid JSON: ${(error as Error).message}` }
  }
}

/** Returns the attributes in the headers of binary mode, whose values are percent-encoded. */
function attributesOf(headers: IncomingHttpHeaders): Record<string, unknown> {
  const attributes: Record<string, unknown> = { datacontenttype: headers['content-type'] }
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('ce-') && typeof value === 'string' && !name.startsWith('ce-data')) attributes[name.slice(3)] = decoded(value)
  }
  return attributes
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
