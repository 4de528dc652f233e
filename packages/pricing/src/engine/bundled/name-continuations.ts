/** Regions of Anthropic's older models on Bedrock, which cost the same everywhere except in GovCloud. */
const SAME_PRICE_REGIONS = ['(?:(?:us|eu|apac|au|ca|jp|regional)\\.)?anthropic\\.']

/**
 * What may follow the names of a provider's models, or of one model ("provider/id"), besides a version. Regular expressions, read
 * in July to November 2026 from the names that LiteLLM, models.dev and pi-ai list at the same price.
 */
export const NAME_CONTINUATIONS: Readonly<Record<string, readonly string[]>> = {
  // Vertex counts revisions of Claude ("claude-3-5-sonnet-v2@20241022"). Previews and numbered versions of a Gemini model cost the same.
  google: ['-v2(?:@20\\d{6})?', '-(?:preview|exp)(?:-\\d{2}-(?:20)?\\d{2})?', '-00\\d'],
  // Mistral's versions are a year and month.
  mistral: ['(?:-\\d-\\d)?-\\d{4}', '-latest'],
  'anthropic/claude-2': ['\\.[01]', ':1'],
  'cohere/command-light': ['-nightly'],
  'google/gemini-3.1-pro-preview': ['-customtools'],
  'google/gemini-live-2.5-flash': ['(?:-preview)?(?:-native-audio)?(?:-preview)?(?:-\\d{2}-20\\d{2})?'],
  'mistral/mixtral-8x7b': ['-instruct(?:-v0\\.\\d)?'],
  'openai/computer-use': ['-preview(?:-20\\d{2}-\\d{2}-\\d{2})?'],
  // A fine-tuned model: its base model, then organization, name and id.
  'openai/ft:gpt-3.5-turbo-': ['-(?:\\d{4}(?::.*)?)?', ':.*'],
  'openai/ft:gpt-4o': ['\\d{2}-\\d{2}(?::.*)?'],
  'openai/ft:gpt-4o-mini': ['\\d{2}-\\d{2}(?::.*)?'],
  'openai/gpt-4': ['\\d{3}(?::.*)?'],
  'openai/gpt-4o-mini-2024-07-18.ft-': ['.*'],
  'openai/gpt-3.5-turbo-instruct': ['-\\d{4}'],
  'openai/gpt-4o-mini-audio-preview': ['-preview(?:-20\\d{2}-\\d{2}-\\d{2})?'],
  'openai/gpt-4o-mini-realtime-preview': ['-preview(?:-20\\d{2}-\\d{2}-\\d{2})?'],
  'openai/gpt-4o-realtime-preview': ['-preview(?:-20\\d{2}-\\d{2}-\\d{2})?'],
  'openai/moderation': ['-(?:stable|\\d{3})'],
  'moonshotai/kimi-k2-turbo-preview': ['-preview'],
}

/** What may precede a literal that a name only has to contain. Regular expressions, by provider, or by model as above. */
export const NAME_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  anthropic: ['anthropic\\.'],
  // "us." is the home of most models. Other regions have prices of their own, or none.
  aws: ['us\\.', 'regional\\.', 'amazon\\.', 'us\\.amazon\\.'],
  'aws/regional.anthropic.claude-3-5-haiku-20241022-v1:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-5-sonnet-20240620-v1:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-5-sonnet-20241022-v2:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-7-sonnet-20250219-v1:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-haiku-20240307-v1:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-opus-20240229-v1:0': SAME_PRICE_REGIONS,
  'aws/regional.anthropic.claude-3-sonnet-20240229-v1:0': SAME_PRICE_REGIONS,
  'aws/mistral.pixtral-large-2502-v1:0': ['(?:us|eu)\\.'],
  cohere: ['c4ai-'],
  google: ['anthropic/'],
  minimax: ['minimax-', 'minimax/minimax-'],
  openai: ['(?:omni|text)-'],
}

/** Regular expressions of the package that have no end, and what they mean. */
export const CLOSED_PATTERNS: Readonly<Record<string, string>> = {
  '^gemini-3\\.5-flash-\\d': '^gemini-3\\.5-flash-\\d{3}$',
}
