import { readField, readObject } from '../read-fields.ts'

/** Returns the usage of the image model behind the image tool of a response. Undefined if the response counts no tokens of it. */
export function imageToolUsage(body: object): object | undefined {
  const usage = readObject(readObject(body, 'tool_usage'), 'image_gen')
  const total = readField(usage, 'total_tokens')
  return typeof total === 'number' && total > 0 ? usage : undefined
}
