import type { PriceListFormat } from '../../model/imports/price-import.ts'

/** A rate in which a public list is known to differ from our list prices. */
export interface KnownDisagreement {
  readonly list: PriceListFormat
  readonly name: string
  readonly rate: string
  readonly above?: number | null
  readonly ours: string | null
  readonly theirs: string
  readonly reason: string
}

type Row = readonly [name: string, rate: string, above: number | null, ours: string | null, theirs: string]

/** Read from LiteLLM's list of 24 July 2026 and models.dev's of 2 July 2026, in part; see the fixtures. "Open" ones need a look at the provider's page. */
const GROUPS: readonly { readonly list: PriceListFormat; readonly reason: string; readonly rates: readonly Row[] }[] = [
  {
    list: 'litellm',
    reason: "The list has Sonnet's rate for 1-hour writes; Anthropic charges twice the input rate.",
    rates: [
      ['claude-3-haiku-20240307', 'cacheWrite1h', null, '0.5', '6'],
      ['claude-3-opus-20240229', 'cacheWrite1h', null, '30', '6'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has no rate for 1-hour writes in long contexts; Anthropic charges twice the input rate there too.',
    rates: [
      ['claude-4-sonnet-20250514', 'cacheWrite1h', 200000, '12', '6'],
      ['claude-sonnet-4-20250514', 'cacheWrite1h', 200000, '12', '6'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has the multiple of Opus 4.6 and 4.7; Anthropic charges $10 / $50 for fast calls of Opus 4.8.',
    rates: [
      ['claude-opus-4-8 (fast)', 'input', null, '10', '30'],
      ['claude-opus-4-8 (fast)', 'output', null, '50', '150'],
      ['claude-opus-4-8 (fast)', 'cacheRead', null, '1', '3'],
      ['claude-opus-4-8 (fast)', 'cacheWrite5m', null, '12.5', '37.5'],
      ['claude-opus-4-8 (fast)', 'cacheWrite1h', null, '20', '60'],
      ['claude-opus-4-8 (fast, us)', 'input', null, '11', '33'],
      ['claude-opus-4-8 (fast, us)', 'output', null, '55', '165'],
      ['claude-opus-4-8 (fast, us)', 'cacheRead', null, '1.1', '3.3'],
      ['claude-opus-4-8 (fast, us)', 'cacheWrite5m', null, '13.75', '41.25'],
      ['claude-opus-4-8 (fast, us)', 'cacheWrite1h', null, '22', '66'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The names are aliases of DeepSeek V4 Flash now; the list has the rates of V3.2.',
    rates: [
      ['deepseek-chat', 'input', null, '0.14', '0.28'],
      ['deepseek-chat', 'output', null, '0.28', '0.42'],
      ['deepseek-chat', 'cacheRead', null, '0.0028', '0.028'],
      ['deepseek-reasoner', 'input', null, '0.14', '0.28'],
      ['deepseek-reasoner', 'output', null, '0.28', '0.42'],
      ['deepseek-reasoner', 'cacheRead', null, '0.0028', '0.028'],
    ],
  },
  {
    list: 'litellm',
    reason: 'DeepSeek charges tokens that are not in its cache as input, and does not charge for writes besides.',
    rates: [
      ['deepseek-v4-flash', 'cacheWrite5m', null, '0.14', '0'],
      ['deepseek-v4-pro', 'cacheWrite5m', null, '0.435', '0'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has the rates of Gemini 2.5 Flash; Google lists other ones for its live and speech models.',
    rates: [
      ['gemini-2.5-flash-native-audio-latest', 'input', null, '0.5', '0.3'],
      ['gemini-2.5-flash-native-audio-latest', 'output', null, '2', '2.5'],
      ['gemini-2.5-flash-native-audio-latest', 'audioInput', null, '3', '1'],
      ['gemini-2.5-flash-native-audio-preview-09-2025', 'input', null, '0.5', '0.3'],
      ['gemini-2.5-flash-native-audio-preview-09-2025', 'output', null, '2', '2.5'],
      ['gemini-2.5-flash-native-audio-preview-09-2025', 'audioInput', null, '3', '1'],
      ['gemini-2.5-flash-native-audio-preview-12-2025', 'input', null, '0.5', '0.3'],
      ['gemini-2.5-flash-native-audio-preview-12-2025', 'output', null, '2', '2.5'],
      ['gemini-2.5-flash-native-audio-preview-12-2025', 'audioInput', null, '3', '1'],
      ['gemini-2.5-flash-preview-tts', 'input', null, '0.5', '0.3'],
      ['gemini-2.5-flash-preview-tts', 'output', null, '10', '2.5'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has fees by search context size; OpenAI charges one fee for each search.',
    rates: [
      ['gpt-4o-mini-2024-07-18', 'web_search low', null, null, '0.025'],
      ['gpt-4o-mini-2024-07-18', 'web_search medium', null, null, '0.0275'],
      ['gpt-4o-mini-2024-07-18', 'web_search high', null, null, '0.03'],
      ['gpt-4o-mini-search-preview', 'web_search low', null, null, '0.025'],
      ['gpt-4o-mini-search-preview', 'web_search medium', null, null, '0.0275'],
      ['gpt-4o-mini-search-preview', 'web_search high', null, null, '0.03'],
      ['gpt-4o-search-preview', 'web_search low', null, null, '0.03'],
      ['gpt-4o-search-preview', 'web_search medium', null, null, '0.035'],
      ['gpt-4o-search-preview', 'web_search high', null, null, '0.05'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has the rate of text for audio.',
    rates: [
      ['gpt-4o-mini-transcribe', 'audioInput', null, '3', '1.25'],
      ['gpt-4o-mini-transcribe-2025-03-20', 'audioInput', null, '3', '1.25'],
      ['gpt-4o-mini-transcribe-2025-12-15', 'audioInput', null, '3', '1.25'],
      ['gpt-4o-transcribe', 'audioInput', null, '6', '2.5'],
      ['gpt-4o-transcribe-diarize', 'audioInput', null, '6', '2.5'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has the rates of GPT-4o; OpenAI lists $0.60 for text input and $12 for audio output.',
    rates: [
      ['gpt-4o-mini-tts', 'input', null, '0.6', '2.5'],
      ['gpt-4o-mini-tts', 'output', null, '12', '10'],
      ['gpt-4o-mini-tts-2025-03-20', 'input', null, '0.6', '2.5'],
      ['gpt-4o-mini-tts-2025-03-20', 'output', null, '12', '10'],
      ['gpt-4o-mini-tts-2025-12-15', 'input', null, '0.6', '2.5'],
      ['gpt-4o-mini-tts-2025-12-15', 'output', null, '12', '10'],
    ],
  },
  {
    list: 'litellm',
    reason: 'OpenAI lists no rate for cached input of its search models.',
    rates: [
      ['gpt-4o-search-preview', 'cacheRead', null, '2.5', '1.25'],
      ['gpt-4o-search-preview-2025-03-11', 'cacheRead', null, '2.5', '1.25'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list rounds $0.125.',
    rates: [
      ['gpt-5.4 (flex)', 'cacheRead', null, '0.125', '0.13'],
      ['gpt-5.4-2026-03-05 (flex)', 'cacheRead', null, '0.125', '0.13'],
    ],
  },
  {
    list: 'litellm',
    reason: 'OpenAI lists no discount for cached input of its pro models.',
    rates: [
      ['gpt-5.4-pro', 'cacheRead', null, '30', '3'],
      ['gpt-5.4-pro', 'cacheRead', 272000, '60', '6'],
      ['gpt-5.4-pro-2026-03-05', 'cacheRead', null, '30', '3'],
      ['gpt-5.4-pro-2026-03-05', 'cacheRead', 272000, '60', '6'],
      ['gpt-5.5-pro', 'cacheRead', null, '30', '3'],
      ['gpt-5.5-pro', 'cacheRead', 272000, '60', '6'],
      ['gpt-5.5-pro-2026-04-23', 'cacheRead', null, '30', '3'],
      ['gpt-5.5-pro-2026-04-23', 'cacheRead', 272000, '60', '6'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list doubles the standard rates; OpenAI lists $12.50 / $75.',
    rates: [
      ['gpt-5.5 (priority)', 'input', null, '12.5', '10'],
      ['gpt-5.5 (priority)', 'output', null, '75', '60'],
      ['gpt-5.5 (priority)', 'cacheRead', null, '1.25', '1'],
      ['gpt-5.5-2026-04-23 (priority)', 'input', null, '12.5', '10'],
      ['gpt-5.5-2026-04-23 (priority)', 'output', null, '75', '60'],
      ['gpt-5.5-2026-04-23 (priority)', 'cacheRead', null, '1.25', '1'],
    ],
  },
  {
    list: 'litellm',
    reason: 'The list has the rate of text; the model produces images.',
    rates: [
      ['gpt-image-2', 'output', null, '30', '10'],
      ['gpt-image-2-2026-04-21', 'output', null, '30', '10'],
    ],
  },
  {
    list: 'litellm',
    reason: "Open: ours is that of the bundled package, and OpenAI's page was not compared.",
    rates: [['gpt-realtime-2', 'output', null, '24', '16']],
  },
  {
    list: 'litellm',
    reason: 'The list has no rates for long contexts of this model; models.dev has the same ones as we.',
    rates: [
      ['grok-4.20-0309-non-reasoning', 'input', 199999, '2.5', '1.25'],
      ['grok-4.20-0309-non-reasoning', 'output', 199999, '5', '2.5'],
      ['grok-4.20-0309-non-reasoning', 'cacheRead', 199999, '0.4', '0.2'],
      ['grok-4.20-0309-reasoning', 'input', 199999, '2.5', '1.25'],
      ['grok-4.20-0309-reasoning', 'output', 199999, '5', '2.5'],
      ['grok-4.20-0309-reasoning', 'cacheRead', 199999, '0.4', '0.2'],
      ['grok-4.3', 'input', 199999, '2.5', '1.25'],
      ['grok-4.3', 'output', 199999, '5', '2.5'],
      ['grok-4.3', 'cacheRead', 199999, '0.4', '0.2'],
      ['grok-4.5', 'input', 199999, '4', '2'],
      ['grok-4.5', 'output', 199999, '12', '6'],
      ['grok-4.5', 'cacheRead', 199999, '1', '0.5'],
      ['grok-build-0.1', 'input', 199999, '2', '1'],
      ['grok-build-0.1', 'output', 199999, '4', '2'],
      ['grok-build-0.1', 'cacheRead', 199999, '0.4', '0.2'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'The list has 0 for a rate that OpenAI does not list.',
    rates: [['openai/gpt-3.5-turbo', 'cacheRead', null, '0.5', '0']],
  },
  {
    list: 'models-dev',
    reason: 'The list has no rates for long contexts of priority calls; OpenAI doubles input and charges half as much again for output.',
    rates: [
      ['openai/gpt-5.4 (priority)', 'output', 272000, '45', '30'],
      ['openai/gpt-5.5 (priority)', 'input', 272000, '25', '12.5'],
      ['openai/gpt-5.5 (priority)', 'output', 272000, '112.5', '75'],
      ['openai/gpt-5.5 (priority)', 'cacheRead', 272000, '2.5', '1.25'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'The list has 0 for output, which embeddings do not have.',
    rates: [
      ['openai/text-embedding-3-large', 'output', null, null, '0'],
      ['openai/text-embedding-3-small', 'output', null, null, '0'],
      ['openai/text-embedding-ada-002', 'output', null, null, '0'],
      ['google/gemini-embedding-001', 'output', null, null, '0'],
      ['mistral/mistral-embed', 'output', null, '0.1', '0'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'The list has the rate of Haiku; Anthropic charges 1.25 times the input rate.',
    rates: [['anthropic/claude-3-sonnet-20240229', 'cacheWrite5m', null, '3.75', '0.3']],
  },
  {
    list: 'models-dev',
    reason: 'The list has no rates for long contexts of these models; LiteLLM has the same ones as we.',
    rates: [
      ['anthropic/claude-sonnet-4-0', 'input', 200000, '6', '3'],
      ['anthropic/claude-sonnet-4-0', 'output', 200000, '22.5', '15'],
      ['anthropic/claude-sonnet-4-0', 'cacheRead', 200000, '0.6', '0.3'],
      ['anthropic/claude-sonnet-4-0', 'cacheWrite5m', 200000, '7.5', '3.75'],
      ['anthropic/claude-sonnet-4-20250514', 'input', 200000, '6', '3'],
      ['anthropic/claude-sonnet-4-20250514', 'output', 200000, '22.5', '15'],
      ['anthropic/claude-sonnet-4-20250514', 'cacheRead', 200000, '0.6', '0.3'],
      ['anthropic/claude-sonnet-4-20250514', 'cacheWrite5m', 200000, '7.5', '3.75'],
      ['anthropic/claude-sonnet-4-5-20250929', 'input', 200000, '6', '3'],
      ['anthropic/claude-sonnet-4-5-20250929', 'output', 200000, '22.5', '15'],
      ['anthropic/claude-sonnet-4-5-20250929', 'cacheRead', 200000, '0.6', '0.3'],
      ['anthropic/claude-sonnet-4-5-20250929', 'cacheWrite5m', 200000, '7.5', '3.75'],
      ['anthropic/claude-sonnet-4-5', 'input', 200000, '6', '3'],
      ['anthropic/claude-sonnet-4-5', 'output', 200000, '22.5', '15'],
      ['anthropic/claude-sonnet-4-5', 'cacheRead', 200000, '0.6', '0.3'],
      ['anthropic/claude-sonnet-4-5', 'cacheWrite5m', 200000, '7.5', '3.75'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'The list has the rate of images for output; we have rates for text and for images.',
    rates: [
      ['google/gemini-2.5-flash-image', 'output', null, '2.5', '30'],
      ['google/gemini-3-pro-image-preview', 'output', null, '12', '120'],
      ['google/gemini-3.1-flash-image-preview', 'output', null, '3', '60'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'Open: the bundled package has no rate for cached input of this model, so it is charged as input.',
    rates: [['google/gemini-2.5-flash-image', 'cacheRead', null, '0.3', '0.075']],
  },
  {
    list: 'models-dev',
    reason: 'Open: the bundled package has no rate for audio of this model, so calls with audio are unpriced.',
    rates: [['google/gemini-3.5-flash', 'audioInput', null, null, '1.5']],
  },
  {
    list: 'models-dev',
    reason: 'The alias moved to Ministral 3; the list has the rates of the model before it.',
    rates: [
      ['mistral/ministral-3b-latest', 'input', null, '0.1', '0.04'],
      ['mistral/ministral-3b-latest', 'output', null, '0.1', '0.04'],
      ['mistral/ministral-8b-latest', 'input', null, '0.15', '0.1'],
      ['mistral/ministral-8b-latest', 'output', null, '0.15', '0.1'],
    ],
  },
  {
    list: 'models-dev',
    reason: 'The alias moved to Mistral Medium 3.5; the list has the rates of the model before it.',
    rates: [
      ['mistral/mistral-medium-latest', 'input', null, '1.5', '0.4'],
      ['mistral/mistral-medium-latest', 'output', null, '7.5', '2'],
    ],
  },
]

/** Rates in which public lists are known to differ from ours, with the reasons. */
export const KNOWN_DISAGREEMENTS: readonly KnownDisagreement[] = GROUPS.flatMap(({ list, reason, rates }) =>
  rates.map(([name, rate, above, ours, theirs]) => ({ list, reason, name, rate, above, ours, theirs })),
)
