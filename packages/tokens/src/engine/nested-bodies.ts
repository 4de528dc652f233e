import { isObject } from '../model/is-object.ts'
import { readField, readObject, readText } from './read-fields.ts'

/** A body that may have usage, and what the objects around it say about it. */
export interface NestedBody {
  readonly body: object
  readonly model: string | null
  /** Whether it is a line of a batch's results. */
  readonly isBatch: boolean
}

/**
 * Fields that wrap a body, in events and in lines of batches: OpenAI's `response` and `body`, Anthropic's `message` and
 * `result`, Cohere's `delta`, Bedrock's `metadata` and `modelOutput`, Groq's `x_groq`, Google's `interaction`, Mistral's `data`,
 * Nova's `event`, and `payload` and `info` of Codex.
 */
const WRAPPERS = ['response', 'message', 'body', 'result', 'delta', 'metadata', 'modelOutput', 'x_groq', 'interaction', 'data', 'event', 'payload', 'info']
const MAX_DEPTH = 3

/** Returns a response, and then the bodies inside it, the outer ones first. */
export function nestedBodies(response: object): readonly NestedBody[] {
  const bodies: NestedBody[] = [bodyIn(response, { model: null, isBatch: false })]
  let level = bodies
  for (let depth = 1; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    level = level.flatMap(outer =>
      WRAPPERS.flatMap(name => {
        const inner = readField(outer.body, name)
        return isObject(inner) ? [bodyIn(inner, outer)] : []
      }),
    )
    bodies.push(...level)
  }
  return bodies
}

function bodyIn(body: object, outer: Omit<NestedBody, 'body'>): NestedBody {
  const session = readField(body, 'total_token_usage')
  // Spring AI's usage has that of the provider inside.
  const native = readObject(readField(body, 'usage'), 'nativeUsage')
  return {
    body: isObject(session) ? { usage: session } : native ? { ...body, usage: native } : body,
    model: readText(body, 'model', 'modelVersion', 'model_version') ?? outer.model,
    isBatch: outer.isBatch || isBatchLine(body),
  }
}

/**
 * Recognises lines of the results of a batch: of OpenAI, Anthropic and Mistral by the id that the caller chose, of Bedrock by that of
 * the record, of Google by the key, the time or the metadata beside the response.
 */
function isBatchLine(body: object): boolean {
  const has = (name: string) => Object.hasOwn(body, name)
  if (has('custom_id') && (has('response') || has('result'))) return true
  if (has('recordId') && has('modelOutput')) return true
  return isObject(readField(body, 'response')) && (has('key') || has('processed_time') || isObject(readField(body, 'metadata')))
}
