const genAi = (...names: readonly string[]) => names.map(name => `gen_ai.usage.${name}`)

/** Names of each count in the attributes of spans: those of the current conventions first, then those of earlier versions and of instrumentations. */
export const ATTRIBUTE_NAMES = {
  input: [...genAi('input_tokens', 'prompt_tokens'), 'llm.token_count.prompt', 'llm.usage.prompt_tokens'],
  output: [...genAi('output_tokens', 'completion_tokens'), 'llm.token_count.completion', 'llm.usage.completion_tokens'],
  total: [...genAi('total_tokens'), 'llm.token_count.total', 'llm.usage.total_tokens'],
  cacheRead: [
    ...genAi(
      'cache_read.input_tokens',
      'cache_read_input_tokens', // OpenLLMetry
      'cached_input_tokens', // Mastra
      'input_cached_tokens', // Langfuse
      'cache_read_tokens',
      'cached_tokens',
      'input_tokens.cached', // Sentry
      'details.cache_read_tokens', // Pydantic AI
      'details.cache_read_input_tokens',
      'details.cached_tokens',
      'prompt_tokens_details.cached_tokens',
    ),
    'llm.token_count.prompt_details.cache_read', // OpenInference
    'llm.usage.cache_read_input_tokens',
  ],
  cacheWrite: [
    ...genAi(
      'cache_creation.input_tokens',
      'cache_write.input_tokens',
      'cache_creation_input_tokens', // OpenLLMetry
      'cache_write_input_tokens',
      'cache_write_tokens', // Mastra
      'cache_creation_tokens',
      'input_cache_creation', // Langfuse
      'input_tokens.cache_write', // Sentry
      'details.cache_write_tokens', // Pydantic AI
      'details.cache_creation_input_tokens',
    ),
    'llm.token_count.prompt_details.cache_write', // OpenInference
    'llm.usage.cache_creation_input_tokens',
  ],
  cacheWrite1h: genAi(
    'cache_creation.ephemeral_1h_input_tokens',
    'cache_creation.1h.input_tokens',
    'cache_write_1h_tokens',
    'details.ephemeral_1h_input_tokens',
    'details.cache_write_1h_tokens',
  ),
  reasoning: [
    ...genAi(
      'reasoning.output_tokens',
      'reasoning_output_tokens',
      'reasoning_tokens', // OpenLLMetry, Mastra
      'output_tokens.reasoning', // Sentry
      'details.reasoning_tokens', // Pydantic AI
      'details.thoughts_tokens',
      'completion_tokens_details.reasoning_tokens',
    ),
    'llm.token_count.completion_details.reasoning', // OpenInference
  ],
  audioInput: [
    ...genAi('input_audio_tokens', 'audio.input_tokens', 'details.input_audio_tokens', 'prompt_tokens_details.audio_tokens'),
    'llm.token_count.prompt_details.audio',
  ],
  audioOutput: [
    ...genAi('output_audio_tokens', 'audio.output_tokens', 'details.output_audio_tokens', 'completion_tokens_details.audio_tokens'),
    'llm.token_count.completion_details.audio',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Name of a count. */
export type AttributeCount = keyof typeof ATTRIBUTE_NAMES
