import { textOf } from '../text-of.ts'
import { parsedBody } from './parsed-body.ts'

/** Where responses have what models wrote: Converse and Nova, Claude, older Claude, Llama, Mistral, Titan, chat completions, Cohere. */
const FIELDS = ['output', 'content', 'completion', 'generation', 'outputs', 'results', 'choices', 'text', 'generations']

/** Returns the text that a response has, to estimate its tokens. */
export function bedrockText(response: object, body: unknown): string {
  const fields: Readonly<Record<string, unknown>> = body === undefined ? { ...response } : parsedBody(body)
  return textOf(...FIELDS.map(name => fields[name]))
}
