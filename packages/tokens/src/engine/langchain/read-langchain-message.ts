import type { ExtractedUsage } from '../../model/extracted-usage.ts'
import { totalTokens } from '../../model/token-usage.ts'
import { TokenUsageUnreadable } from '../../model/token-usage-unreadable.ts'
import { tierInDetails } from '../openai/read-details.ts'
import { isObject } from '../../model/is-object.ts'
import { readField, readFirst, readList, readObject, readText } from '../read-fields.ts'
import { readUsage, type ResponseOrigin } from '../read-usage.ts'
import { servedAs } from '../served-as.ts'
import { sumUnits } from '../sum-units.ts'

/**
 * Reads the usage of an `AIMessage` of LangChain, in Python or JavaScript, also as it is serialised. Undefined for anything else.
 * Its `usage_metadata` has all tokens; the provider's own usage, which `response_metadata` has unless the answer was streamed,
 * says more. It is read where it covers all tokens. Throws `TokenUsageUnreadable`.
 */
export function readLangChainMessage(response: unknown, origin: ResponseOrigin): ExtractedUsage | undefined {
  const message = readObject(response, 'kwargs') ?? response
  const summed = readObject(message, 'usage_metadata')
  if (readField(summed, 'input_tokens') === undefined || summed === undefined) return undefined
  const metadata = readObject(message, 'response_metadata') ?? {}
  const model = readText(metadata, 'model_name', 'model', 'model_id') ?? readText(message, 'model')
  const ofTokens = readUsage(chatBody(summed, { ...metadata, model }), origin)
  const own = readOwn({ ...metadata, model }, origin)
  const whole = own !== undefined && allTokens(own) >= totalTokens(ofTokens.tokens) ? own : ofTokens
  const reportedCost = own?.reportedCost ?? ofTokens.reportedCost
  return {
    model: ofTokens.model,
    tokens: whole.tokens,
    units: own && own.units.length > 0 ? own.units : sumUnits([...ofTokens.units, ...toolUnits(message, summed, origin)]),
    ...servedAs({ serviceTier: tierInDetails(summed) }),
    ...servedAs(ofTokens),
    ...(own && servedAs(own)),
    ...(whole.attempts ? { attempts: whole.attempts } : {}),
    ...(reportedCost === undefined ? {} : { reportedCost }),
  }
}

/** Returns the sums of LangChain as a chat completion, so that the fees of search models and of Perplexity are read too. */
function chatBody(summed: object, metadata: object): object {
  const outputDetails = readObject(summed, 'output_token_details')
  return {
    ...metadata,
    usage: {
      prompt_tokens: readField(summed, 'input_tokens'),
      completion_tokens: readField(summed, 'output_tokens'),
      total_tokens: readField(summed, 'total_tokens'),
      prompt_tokens_details: readField(summed, 'input_token_details'),
      completion_tokens_details: outputDetails,
      citation_tokens: readField(outputDetails, 'citation_tokens'),
      search_context_size: readField(metadata, 'search_context_size'),
      num_search_queries: readField(metadata, 'num_search_queries'),
    },
  }
}

/** Reads the provider's own usage. Undefined if there is none, or none that can be read. */
function readOwn(metadata: object, origin: ResponseOrigin): ExtractedUsage | undefined {
  const usage = readObject(metadata, 'usage', 'token_usage')
  const usageMetadata = readObject(metadata, 'usage_metadata', 'usageMetadata')
  if (usage === undefined && usageMetadata === undefined) return undefined
  try {
    return readUsage({ ...metadata, usage, usageMetadata, usage_metadata: undefined, ...grounding(metadata) }, origin)
  } catch (error) {
    if (error instanceof TokenUsageUnreadable) return undefined
    throw error
  }
}

/** Returns the units of tools in the content, and of a grounding of Gemini. */
function toolUnits(message: unknown, summed: object, origin: ResponseOrigin): ExtractedUsage['units'] {
  const parts = [...readList(message, 'content'), ...readList(readField(message, 'additional_kwargs'), 'tool_outputs')].filter(isObject)
  const tools = readUsage({ usage: summed, output: parts.map(serverToolAsCall) }, origin).units
  const metadata = readObject(message, 'response_metadata') ?? {}
  const grounded = grounding(metadata)
  if (grounded === undefined) return tools
  const modelVersion = readText(metadata, 'model_name', 'model')
  return [
    ...tools,
    ...readUsage({ modelVersion, usageMetadata: { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 }, ...grounded }, origin).units,
  ]
}

/** Names a tool that the provider ran as OpenAI does: "web_search_call" for `{ type: "server_tool_use", name: "web_search" }`. */
function serverToolAsCall(part: object): object {
  const type = readText(part, 'type')
  return type === 'server_tool_use' || type === 'server_tool_call' ? { type: `${readText(part, 'name')}_call` } : part
}

function grounding(metadata: object): object | undefined {
  const groundingMetadata = readFirst(metadata, ['grounding_metadata', 'groundingMetadata'])
  return isObject(groundingMetadata) ? { candidates: [{ groundingMetadata, grounding_metadata: groundingMetadata }] } : undefined
}

function allTokens({ tokens, attempts = [] }: ExtractedUsage): number {
  return attempts.reduce((total, attempt) => total + totalTokens(attempt.tokens), totalTokens(tokens))
}
