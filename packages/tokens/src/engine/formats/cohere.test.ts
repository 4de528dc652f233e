import { describeReadings } from '../../testing/describe-readings.ts'

const COHERE = ['cohere', 'bedrock', 'azure']
const usage = { billed_units: { input_tokens: 41, output_tokens: 25 }, tokens: { input_tokens: 1_441, output_tokens: 54 }, cached_tokens: 144 }

describeReadings('Cohere', [
  {
    name: 'bills less than it processed',
    source: 'Cohere, Pricing: billed_units are billed, not tokens',
    providers: COHERE,
    response: { usage },
    tokens: { input: 41, output: 25 },
  },
  {
    name: 'says what it processed, if the caller asks for that',
    source: 'Cohere API, Chat: usage.tokens and cached_tokens',
    providers: COHERE,
    apiFlavor: 'tokens',
    response: { usage },
    tokens: { input: 1_297, cacheRead: 144, output: 54 },
  },
  {
    name: 'has its usage under another name in version 1',
    source: 'Cohere API, version 1: meta.billed_units',
    providers: COHERE,
    response: { text: 'a', meta: { billed_units: { input_tokens: 41, output_tokens: 25 } } },
    tokens: { input: 41, output: 25 },
  },
  {
    name: 'counts tokens of embedded images apart from text',
    source: 'Cohere, Pricing: Embed 4, $0.12 for text and $0.47 for images',
    providers: COHERE,
    response: { embeddings: {}, meta: { billed_units: { input_tokens: 4, image_tokens: 300, images: 1 } } },
    tokens: { input: 4, imageInput: 300 },
  },
  {
    name: 'bills embedded images each, if it does not count their tokens',
    source: 'Cohere, Pricing: Embed 3, $0.0001 per image',
    providers: COHERE,
    response: { embeddings: {}, meta: { billed_units: { images: 2 } } },
    units: ['image 2'],
  },
  {
    name: 'bills rerank searches',
    source: 'Cohere, Pricing: a search unit is one query with up to 100 documents',
    providers: COHERE,
    response: { results: [{ index: 0, relevance_score: 0.9 }], meta: { api_version: { version: '2' }, billed_units: { search_units: 2 } } },
    units: ['rerank_search 2'],
  },
  {
    name: 'bills classifications',
    source: 'Cohere API, Classify: meta.billed_units.classifications',
    providers: ['cohere'],
    response: { classifications: [], meta: { billed_units: { classifications: 5 } } },
    units: ['classification 5'],
  },
  {
    name: 'is in camel case in its SDK for TypeScript',
    source: 'cohere-ai for TypeScript: usage.billedUnits',
    providers: ['cohere'],
    response: { usage: { billedUnits: { inputTokens: 41, outputTokens: 25, searchUnits: 1 }, tokens: { inputTokens: 1_441, outputTokens: 54 } } },
    tokens: { input: 41, output: 25 },
    units: ['rerank_search 1'],
  },
  {
    name: 'is read at the end of a stream',
    source: 'Cohere API, Chat stream: message-end',
    providers: ['cohere'],
    events: [
      { type: 'content-delta', delta: { message: {} } },
      { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } },
    ],
    tokens: { input: 41, output: 25 },
  },
  {
    name: 'is read at the end of a stream of version 1',
    source: 'Cohere API, version 1: stream-end',
    providers: ['cohere'],
    events: [
      { event_type: 'text-generation', text: 'a' },
      { event_type: 'stream-end', response: { meta: { billed_units: { input_tokens: 41, output_tokens: 25 } } } },
    ],
    tokens: { input: 41, output: 25 },
  },
])
