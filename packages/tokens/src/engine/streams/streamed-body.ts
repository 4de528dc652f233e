import { nestedBodies } from '../nested-bodies.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readList } from '../read-fields.ts'

/** Fields of events that a response would have, whose last value applies. */
const FIELDS = [
  'model',
  'modelVersion',
  'service_tier',
  'serviceTier',
  'performanceConfig',
  'output',
  'tools',
  'tool_usage',
  'meta',
  'usage_info',
  'usageEvent',
  'amazon-bedrock-invocationMetrics',
  'prompt_eval_count',
  'eval_count',
  'prompt_token_count',
  'generation_token_count',
  'inputTextTokenCount',
  'totalOutputTextTokenCount',
]

/** Fields that events report parts of: the last value of each of their own fields applies. */
const USAGES = ['usage', 'usageMetadata', 'usage_metadata']

/** Types of calls of Google's tools in the steps of an interaction. */
const TOOL_CALLS = new Set<unknown>(['google_search_call', 'google_maps_call'])

/** A response put together from its events. */
export type StreamedBody = Record<string, unknown>

/** Adds to a response what an event says of its usage, its model and how it was served. */
export function addEvent(body: StreamedBody, event: object): void {
  for (const { body: part } of nestedBodies(event)) {
    for (const name of FIELDS) addField(body, name, readField(part, name))
    for (const name of USAGES) {
      const usage = readField(part, name)
      if (isObject(usage)) body[name] = { ...(body[name] as object | undefined), ...withoutAbsent(usage) }
    }
    addGroundings(body, part)
    if (TOOL_CALLS.has(readField(part, 'type'))) body['steps'] = [...readList(body, 'steps'), part]
  }
}

/** Returns whether any event had usage. */
export function hasUsage(body: StreamedBody): boolean {
  return USAGES.some(name => body[name] !== undefined)
}

function addField(body: StreamedBody, name: string, value: unknown): void {
  if (value !== undefined && value !== null) body[name] = value
}

/** Keeps the candidates of Gemini that say what they searched for: each event lists the searches since the last. */
function addGroundings(body: StreamedBody, part: object): void {
  const grounded = readList(part, 'candidates').filter(
    candidate => readField(candidate, 'groundingMetadata') !== undefined || readField(candidate, 'grounding_metadata') !== undefined,
  )
  if (grounded.length > 0) body['candidates'] = [...readList(body, 'candidates'), ...grounded]
}

/** Removes null and undefined fields, which must not overwrite earlier values. */
function withoutAbsent(usage: object): object {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null && value !== undefined))
}
