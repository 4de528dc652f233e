import { type ExtractedUsage, extractTokenUsage, totalTokens } from '@tollgate/tokens'
import { parsedBody } from './parsed-body.ts'

const PROVIDER = 'aws'

/** Headers of a response, in lower case. */
export type Headers = Readonly<Record<string, string>>

/** Returns the usage of a response of Converse. */
export function converseUsage(response: unknown): ExtractedUsage {
  return extractTokenUsage({ provider: PROVIDER, response })
}

/**
 * Returns the usage of a response of InvokeModel. The body is in the format of the model's maker, and says more than the headers, which
 * count the tokens of every model.
 */
export function invokeUsage(body: unknown, headers: Headers): ExtractedUsage {
  const counted = {
    inputTokenCount: count(headers, 'input'),
    outputTokenCount: count(headers, 'output'),
    cacheReadInputTokenCount: count(headers, 'cache-read-input'),
    cacheWriteInputTokenCount: count(headers, 'cache-write-input'),
  }
  const ofHeaders = () => extractTokenUsage({ provider: PROVIDER, response: counted })
  try {
    const usage = extractTokenUsage({ provider: PROVIDER, response: parsedBody(body) })
    // A body can have units only, such as the images that it made.
    return totalTokens(usage.tokens) === 0 && counted.inputTokenCount !== undefined ? { ...usage, tokens: ofHeaders().tokens } : usage
  } catch {
    return ofHeaders()
  }
}

function count(headers: Headers, name: string): number | undefined {
  const value = headers[`x-amzn-bedrock-${name}-token-count`]
  return value === undefined ? undefined : Number(value)
}
