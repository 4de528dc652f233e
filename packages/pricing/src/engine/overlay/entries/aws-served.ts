import type { OverlayEntry } from '../overlay-entry.ts'

const provider = 'aws'
const checkedAt = '2026-11-26'
const PRICING = 'https://aws.amazon.com/bedrock/pricing/'

const GLOBAL_SINCE_4_5 = [
  'global.anthropic.claude-fable-5-1-v1:0',
  'global.anthropic.claude-fable-5-v1:0',
  'global.anthropic.claude-haiku-4-5-20251001-v1:0',
  'global.anthropic.claude-opus-4-5-v1:0',
  'global.anthropic.claude-opus-4-6-v1:0',
  'global.anthropic.claude-opus-4-7-v1:0',
  'global.anthropic.claude-opus-4-8-v1:0',
  'global.anthropic.claude-opus-5',
  'global.anthropic.claude-opus-5-5',
  'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'global.anthropic.claude-sonnet-4-6-v1:0',
  'global.anthropic.claude-sonnet-5-v1:0',
]
const REGIONAL_SINCE_4_5 = [
  'regional.anthropic.claude-fable-5-1-v1:0',
  'regional.anthropic.claude-fable-5-v1:0',
  'regional.anthropic.claude-haiku-4-5-20251001-v1:0',
  'regional.anthropic.claude-opus-4-5-v1:0',
  'regional.anthropic.claude-opus-4-6-v1:0',
  'regional.anthropic.claude-opus-4-7-v1:0',
  'regional.anthropic.claude-opus-4-8-v1:0',
  'regional.anthropic.claude-opus-5',
  'regional.anthropic.claude-opus-5-5',
  'regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'regional.anthropic.claude-sonnet-4-6-v1:0',
  'regional.anthropic.claude-sonnet-5-v1:0',
]
const BEFORE_4_5 = [
  'regional.anthropic.claude-3-5-haiku-20241022-v1:0',
  'regional.anthropic.claude-3-5-sonnet-20240620-v1:0',
  'regional.anthropic.claude-3-5-sonnet-20241022-v2:0',
  'regional.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'regional.anthropic.claude-3-haiku-20240307-v1:0',
  'regional.anthropic.claude-3-opus-20240229-v1:0',
  'regional.anthropic.claude-3-sonnet-20240229-v1:0',
  'regional.anthropic.claude-opus-4-1-20250805-v1:0',
  'regional.anthropic.claude-opus-4-20250514-v1:0',
  'regional.anthropic.claude-sonnet-4-20250514-v1:0',
]
const NEW_CLAUDE = ['claude-fable-5-2', 'claude-haiku-5-5', 'claude-sonnet-5-5'].flatMap(model => [`global.anthropic.${model}`, `regional.anthropic.${model}`])
const CLAUDE = [...GLOBAL_SINCE_4_5, ...REGIONAL_SINCE_4_5, 'global.anthropic.claude-sonnet-4-20250514-v1:0', ...BEFORE_4_5, ...NEW_CLAUDE]
const NOVA = ['amazon.nova-lite-v1:0', 'amazon.nova-micro-v1:0', 'amazon.nova-premier-v1:0', 'amazon.nova-pro-v1:0']

/** Cache writes, service tiers and regions of Amazon Bedrock. */
export const AWS_SERVED: readonly OverlayEntry[] = [
  {
    provider,
    models: [...GLOBAL_SINCE_4_5, ...REGIONAL_SINCE_4_5],
    add: { multiples: { cacheWrite1h: ['2', 'input'] } },
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01; apify/aws-bedrock-proxy; https://platform.claude.com/docs/en/about-claude/pricing: a 1-hour write is twice the input price',
  },
  {
    provider,
    models: [
      ...CLAUDE,
      ...NOVA,
      'meta.llama4-maverick-17b-instruct-v1:0',
      'meta.llama4-scout-17b-instruct-v1:0',
      'meta.llama3-3-70b-instruct-v1:0',
      'meta.llama3-1-70b-instruct-v1:0',
      'meta.llama3-1-8b-instruct-v1:0',
    ],
    serviceTier: 'batch',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: `${PRICING}: batch, 50 % of on-demand prices`,
  },
  {
    provider,
    models: [
      'amazon.nova-pro-v1:0',
      'amazon.nova-premier-v1:0',
      'amazon.nova-lite-v1:0',
      'amazon.nova-micro-v1:0',
      'openai.gpt-oss-120b-1:0',
      'openai.gpt-oss-20b-1:0',
      'qwen.qwen3-32b-v1:0',
      'qwen.qwen3-coder-30b-a3b-v1:0',
      'qwen.qwen3-coder-480b-a35b-v1:0',
      'qwen.qwen3-235b-a22b-2507-v1:0',
    ],
    serviceTier: 'flex',
    times: '0.5',
    because: 'missing',
    checkedAt,
    source: 'https://aws.amazon.com/bedrock/service-tiers; the price list of AWS for Amazon Nova, read by api-evangelist/amazon-nova on 2026-09-01',
  },
  {
    provider,
    models: [
      'amazon.nova-pro-v1:0',
      'amazon.nova-premier-v1:0',
      'amazon.nova-lite-v1:0',
      'amazon.nova-micro-v1:0',
      'openai.gpt-oss-120b-1:0',
      'openai.gpt-oss-20b-1:0',
      'qwen.qwen3-32b-v1:0',
      'qwen.qwen3-coder-30b-a3b-v1:0',
      'qwen.qwen3-coder-480b-a35b-v1:0',
      'qwen.qwen3-235b-a22b-2507-v1:0',
    ],
    serviceTier: 'priority',
    times: '1.75',
    because: 'missing',
    checkedAt,
    source: 'https://aws.amazon.com/bedrock/service-tiers; the price list of AWS for Amazon Nova, read by api-evangelist/amazon-nova on 2026-09-01',
  },
  {
    provider,
    models: [
      ...REGIONAL_SINCE_4_5,
      ...BEFORE_4_5,
      ...['claude-fable-5-2', 'claude-haiku-5-5', 'claude-sonnet-5-5'].map(model => `regional.anthropic.${model}`),
    ],
    region: '*',
    times: '1',
    because: 'missing',
    checkedAt,
    source: 'https://platform.claude.com/docs/en/about-claude/pricing: one price for all regional endpoints',
  },
]
