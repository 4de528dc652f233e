import { describeReadings } from '../../testing/describe-readings.ts'

const model = 'gemini-3-flash-preview'

describeReadings("Google's interactions", [
  {
    name: 'count thoughts and tools beside input and output',
    source: 'recorded: 1,373 = 22 + 129 + 973 + 249',
    providers: ['google'],
    response: {
      object: 'interaction',
      model,
      service_tier: 'standard',
      usage: {
        total_tokens: 1_373,
        total_input_tokens: 22,
        input_tokens_by_modality: [{ modality: 'text', tokens: 22 }],
        total_cached_tokens: 0,
        total_output_tokens: 973,
        total_tool_use_tokens: 129,
        total_thought_tokens: 249,
      },
      steps: [
        { type: 'google_search_call', arguments: { queries: ['a', 'b'] } },
        { type: 'google_search_call', arguments: { queries: ['b', 'c'] } },
        { type: 'model_output' },
      ],
    },
    tokens: { input: 151, output: 973, reasoning: 249 },
    units: ['web_search 3'],
    serviceTier: 'standard',
  },
  {
    name: 'bill a grounded prompt before Gemini 3',
    source: 'Gemini API, Pricing: $35 per 1,000 grounded prompts',
    providers: ['google'],
    response: {
      model: 'gemini-2.5-flash',
      usage: { total_input_tokens: 22, total_output_tokens: 9 },
      steps: [{ type: 'google_search_call', arguments: { queries: ['a', 'b'] } }, { type: 'google_maps_call' }],
    },
    tokens: { input: 22, output: 9 },
    units: ['grounded_prompt 1', 'maps_search 1'],
  },
  {
    name: 'are in camel case on Vertex, with counts of tools and of every modality',
    source: 'Vertex AI, Interactions: Usage',
    providers: ['vertex'],
    response: {
      model,
      usage: {
        totalInputTokens: 1_000,
        inputTokensByModality: [
          { modality: 'audio', tokens: 500 },
          { modality: 'video', tokens: 200 },
        ],
        totalCachedTokens: 300,
        cachedTokensByModality: [{ modality: 'audio', tokens: 300 }],
        totalOutputTokens: 120,
        outputTokensByModality: [
          { modality: 'text', tokens: 20 },
          { modality: 'video', tokens: 60 },
          { modality: 'image', tokens: 30 },
          { modality: 'audio', tokens: 10 },
        ],
        groundingToolCount: [
          { type: 'google_search', count: 4 },
          { type: 'google_maps', count: 1 },
          { type: 'enterprise_web_search', count: 2 },
        ],
      },
    },
    tokens: { input: 300, cacheReadAudio: 300, audioInput: 200, videoInput: 200, output: 20, videoOutput: 60, imageOutput: 30, audioOutput: 10 },
    units: ['web_search 4', 'maps_search 1', 'enterprise_web_search 2'],
  },
  {
    name: 'are read at the end of a stream, with the searches on the way',
    source: 'Gemini API, Interactions: interaction.completed',
    providers: ['google'],
    events: [
      { event_type: 'step.start', step: { type: 'google_search_call' } },
      { event_type: 'step.delta', delta: { type: 'google_search_call', arguments: { queries: ['a', 'b'] } } },
      { event_type: 'interaction.completed', interaction: { model, service_tier: 'flex', usage: { total_input_tokens: 22, total_output_tokens: 9 } } },
    ],
    model,
    tokens: { input: 22, output: 9 },
    units: ['web_search 2'],
    serviceTier: 'flex',
  },
])
