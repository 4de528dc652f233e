import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

const BEDROCK = ['bedrock', 'aws', 'amazon-bedrock']

describeReadings("Bedrock's Converse", [
  {
    name: 'counts the cache beside the input',
    source: 'recorded: totalTokens 2,365 = 3 + 2,074 + 288',
    providers: BEDROCK,
    response: { usage: { inputTokens: 3, cacheReadInputTokens: 0, cacheWriteInputTokens: 2_074, outputTokens: 288, totalTokens: 2_365 } },
    tokens: { input: 3, cacheWrite5m: 2_074, output: 288 },
  },
  {
    name: 'in a batch is served by the batch tier',
    source: 'Amazon Bedrock, batch inference: a line of the output is { recordId, modelInput, modelOutput }',
    providers: BEDROCK,
    response: {
      recordId: 'CALL0000001',
      modelInput: { messages: [] },
      modelOutput: { usage: { inputTokens: 3, outputTokens: 288, totalTokens: 291 }, serviceTier: { type: 'default' } },
    },
    tokens: { input: 3, output: 288 },
    serviceTier: 'batch',
  },
  {
    name: 'counts cache writes by lifetime',
    source: 'Amazon Bedrock API, TokenUsage: cacheDetails by ttl, 1h before 5m',
    providers: BEDROCK,
    response: {
      usage: {
        inputTokens: 22,
        cacheReadInputTokens: 100,
        cacheWriteInputTokens: 2_492,
        cacheDetails: [
          { ttl: '1h', inputTokens: 2_000 },
          { ttl: '5m', inputTokens: 492 },
        ],
        outputTokens: 13,
      },
    },
    tokens: { input: 22, cacheRead: 100, cacheWrite1h: 2_000, cacheWrite5m: 492, output: 13 },
  },
  {
    name: 'of Nova through InvokeModel has longer names of the cache',
    source: 'Amazon Nova, Invoke API: cacheReadInputTokenCount, cacheWriteInputTokenCount',
    providers: BEDROCK,
    response: { usage: { inputTokens: 22, cacheReadInputTokenCount: 100, cacheWriteInputTokenCount: 10, outputTokens: 13, totalTokens: 145 } },
    tokens: { input: 22, cacheRead: 100, cacheWrite5m: 10, output: 13 },
  },
  ...[
    { type: 'default', serviceTier: 'standard' },
    { type: 'flex', serviceTier: 'flex' },
    { type: 'priority', serviceTier: 'priority' },
    { type: 'reserved', serviceTier: 'reserved' },
  ].map(({ type, serviceTier }) => ({
    name: `is served by the tier "${type}"`,
    source: 'Amazon Bedrock API, Converse: serviceTier.type',
    providers: BEDROCK,
    response: { usage: { inputTokens: 22, outputTokens: 13 }, serviceTier: { type } },
    tokens: { input: 22, output: 13 },
    serviceTier,
  })),
  {
    name: 'is served with optimized latency',
    source: 'Amazon Bedrock API, Converse: performanceConfig.latency',
    providers: BEDROCK,
    response: { usage: { inputTokens: 22, outputTokens: 13 }, performanceConfig: { latency: 'optimized' } },
    tokens: { input: 22, output: 13 },
    speed: 'optimized',
  },
  {
    name: 'bills the searches of server tools',
    source: 'Amazon Bedrock API, TokenUsage: serverToolUsage',
    providers: BEDROCK,
    response: { usage: { inputTokens: 22, outputTokens: 13, serverToolUsage: { webSearchRequests: 2, codeRuns: 1 } } },
    tokens: { input: 22, output: 13 },
    units: ['web_search 2', 'codeRuns 1'],
  },
  {
    name: 'is read in the metadata of a stream',
    source: 'Amazon Bedrock API, ConverseStream: metadata event',
    providers: BEDROCK,
    events: [
      { contentBlockDelta: { delta: { text: 'a' } } },
      { messageStop: { stopReason: 'end_turn' } },
      {
        metadata: {
          usage: { inputTokens: 22, cacheWriteInputTokens: 7, cacheDetails: [{ ttl: '1h', inputTokens: 7 }], outputTokens: 13 },
          serviceTier: { type: 'flex' },
          performanceConfig: { latency: 'standard' },
        },
      },
    ],
    tokens: { input: 22, cacheWrite1h: 7, output: 13 },
    serviceTier: 'flex',
  },
])

it.each([
  { usage: { inputTokens: 5 }, says: /no inputTokens or no outputTokens/ },
  { usage: { inputTokens: 5, outputTokens: 5, cachedInputTokens: 3 }, says: /that of the AI SDK; read it with readAiSdkUsage/ },
  { usage: { inputTokens: { total: 5 }, outputTokens: { total: 5 } }, says: /inputTokens must be a whole number .* not an object/ },
])("Bedrock's Converse with $usage is rejected with the reason", ({ usage, says }) => {
  expect(() => extractTokenUsage({ provider: 'bedrock', response: { usage } })).toThrow(says)
})
