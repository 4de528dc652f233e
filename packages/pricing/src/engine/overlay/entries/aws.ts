import { Decimal } from '@tollgate/kernel'
import type { OverlayEntry, OverlayRates } from '../overlay-entry.ts'

const provider = 'aws'
const checkedAt = '2026-11-26'
const PRICING = 'https://aws.amazon.com/bedrock/pricing/'
const LISTS = 'LiteLLM 2026-08-01 and pi-ai 1.5.2 (2026-11-10), which agree'
const PI = 'pi-ai 1.5.2 (2026-11-10, from the price list of AWS)'

function listed(model: string, rates: OverlayRates, { names = [model], source = LISTS }: { names?: readonly string[]; source?: string } = {}): OverlayEntry {
  return { provider, model, names, because: 'missing', checkedAt, source, prices: [{ rates }] }
}

/** A model that is cheaper through the global profile than through those of regions, and in regions without a profile. */
function profiles(
  maker: string,
  model: string,
  regions: readonly string[],
  {
    global,
    regional,
    above,
    source,
  }: { global: readonly [OverlayRates, OverlayRates?]; regional: readonly [OverlayRates, OverlayRates?]; above?: number; source: string },
): readonly OverlayEntry[] {
  const prices = ([rates, long]: readonly [OverlayRates, OverlayRates?]) => [{ rates, ...(long && above !== undefined && { steps: [{ above, rates: long }] }) }]
  const names = (prefix: string) => [`${prefix}${maker}.${model}`, `${prefix}${maker}.${model}-v1`, `${prefix}${maker}.${model}-v1:0`]
  const shared = { provider, because: 'missing' as const, checkedAt, source }
  return [
    { ...shared, model: `global.${maker}.${model}`, names: names('global.'), prices: prices(global) },
    { ...shared, model: `regional.${maker}.${model}`, names: ['', ...regions.map(region => `${region}.`)].flatMap(names), prices: prices(regional) },
  ]
}

function claude([input, output, cacheRead, cacheWrite5m, cacheWrite1h]: readonly [string, string, string, string, string]): OverlayRates {
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h }
}

const SONNET_4_5_IN_GOVCLOUD = {
  rates: claude(['3.6', '18', '0.36', '4.5', '7.2']),
  steps: [{ above: 200_000, rates: claude(['7.2', '27', '0.72', '9', '14.4']) }],
}

type GptRates = readonly [input: string, output: string, cacheRead: string, cacheWrite5m: string]

/** OpenAI's models on Bedrock: the global price is OpenAI's own, other prices are 10 % more. */
function gpt(model: string, global: GptRates, long: GptRates) {
  const rates = ([input, output, cacheRead, cacheWrite5m]: GptRates): OverlayRates => ({ input, output, cacheRead, cacheWrite5m })
  const regional = ([input, output, cacheRead, cacheWrite5m]: GptRates) => rates([more(input), more(output), more(cacheRead), more(cacheWrite5m)])
  return profiles('openai', model, ['us'], {
    global: [rates(global), rates(long)],
    regional: [regional(global), regional(long)],
    above: 272_000,
    source: PI,
  })
}

function more(price: string): string {
  return new Decimal(price).times('1.1').toFixed()
}

export const AWS: readonly OverlayEntry[] = [
  {
    provider,
    models: [
      'global.openai.gpt-5.6-luna',
      'global.openai.gpt-5.6-sol',
      'global.openai.gpt-5.6-terra',
      'regional.openai.gpt-5.6-luna',
      'regional.openai.gpt-5.6-sol',
      'regional.openai.gpt-5.6-terra',
    ],
    threshold: { listed: 271_999, above: 272_000 },
    because: 'wrong',
    checkedAt,
    source: `OpenAI's documents: "prompts with >272K input tokens"; ${PI}`,
  },
  ...profiles('anthropic', 'claude-sonnet-5-5', ['us', 'eu', 'au', 'jp'], {
    global: [claude(['2', '10', '0.1', '2.5', '4'])],
    regional: [claude(['2.2', '11', '0.11', '2.75', '4.4'])],
    source: `${PI}; apify/aws-bedrock-proxy`,
  }),
  ...profiles('anthropic', 'claude-haiku-5-5', ['us', 'eu', 'au', 'jp'], {
    global: [claude(['0.1', '0.5', '0.01', '0.125', '0.2']), claude(['0.5', '2.5', '0.05', '0.625', '1'])],
    regional: [claude(['0.11', '0.55', '0.011', '0.1375', '0.22']), claude(['0.55', '2.75', '0.055', '0.6875', '1.1'])],
    above: 100_000,
    source: `${PI}; apify/aws-bedrock-proxy`,
  }),
  ...profiles('anthropic', 'claude-fable-5-2', ['us'], {
    global: [claude(['8', '40', '0.2', '10', '16'])],
    regional: [claude(['8.8', '44', '0.22', '11', '17.6'])],
    source: PI,
  }),
  ...gpt('gpt-6-astra', ['10', '50', '1', '12.5'], ['20', '75', '2', '25']),
  ...gpt('gpt-6-luna', ['0.1', '0.5', '0.01', '0.125'], ['0.2', '0.75', '0.02', '0.25']),
  ...gpt('gpt-6-sol', ['2', '10', '0.2', '2.5'], ['4', '15', '0.4', '5']),
  ...gpt('gpt-6.1-sol', ['2', '10', '0.1', '2.5'], ['4', '15', '0.2', '5']),
  ...gpt('gpt-6.1-terra', ['1', '5', '0.05', '1.25'], ['2', '7.5', '0.1', '2.5']),
  {
    provider,
    model: 'openai.gpt-5.4',
    because: 'wrong',
    checkedAt,
    source: 'an invoice in BerriAI/litellm (twice the input rate above 272K); OpenAI charges 1.5 times the output rate',
    prices: [
      {
        rates: { input: '2.75', output: '16.5', cacheRead: '0.275' },
        steps: [{ above: 272_000, rates: { input: '5.5', output: '24.75', cacheRead: '0.55' } }],
      },
    ],
  },
  {
    provider,
    model: 'openai.gpt-5.5',
    because: 'wrong',
    checkedAt,
    source: 'an invoice in BerriAI/litellm (twice the input rate above 272K); OpenAI charges 1.5 times the output rate',
    prices: [
      { rates: { input: '5.5', output: '33', cacheRead: '0.55' }, steps: [{ above: 272_000, rates: { input: '11', output: '49.5', cacheRead: '1.1' } }] },
    ],
  },
  listed('openai.gpt-oss-120b', { input: '0.15', output: '0.6' }, { names: ['openai.gpt-oss-120b', 'openai.gpt-oss-safeguard-120b'] }),
  listed('openai.gpt-oss-20b', { input: '0.07', output: '0.3' }, { source: PI }),
  listed('openai.gpt-oss-safeguard-20b', { input: '0.07', output: '0.2' }),
  listed('us-gov.openai.gpt-oss-120b-1:0', { input: '0.18', output: '0.72' }, { source: PI }),
  listed('us-gov.openai.gpt-oss-20b-1:0', { input: '0.084', output: '0.36' }, { source: PI }),
  listed('amazon.titan-embed-text-v2:0', { input: '0.02' }, { source: `${PRICING}; LiteLLM 2026-08-01` }),
  listed('amazon.nova-2-lite-v1:0', { input: '0.33', output: '2.75', cacheRead: '0.0825' }, { source: `${PI}: in a region, as through the profile of the US` }),
  listed('apac.amazon.nova-pro-v1:0', { input: '0.84', output: '3.36', cacheRead: '0.21' }),
  listed('apac.amazon.nova-lite-v1:0', { input: '0.063', output: '0.252', cacheRead: '0.01575' }),
  listed('apac.amazon.nova-micro-v1:0', { input: '0.037', output: '0.148', cacheRead: '0.00925' }),
  ...(
    [
      ['eu.amazon.nova-pro-v1:0', { input: '0.92', output: '3.68', cacheRead: '0.23' }],
      ['eu.amazon.nova-lite-v1:0', { input: '0.069', output: '0.276', cacheRead: '0.01725' }],
      ['eu.amazon.nova-micro-v1:0', { input: '0.04', output: '0.16', cacheRead: '0.01' }],
      ['eu.amazon.nova-2-lite-v1:0', { input: '0.374', output: '3.157', cacheRead: '0.0935' }],
      ['jp.amazon.nova-2-lite-v1:0', { input: '0.396', output: '3.311', cacheRead: '0.099' }],
      ['ca.amazon.nova-lite-v1:0', { input: '0.064', output: '0.256', cacheRead: '0.016' }],
    ] as const
  ).map(([model, rates]) => listed(model, rates, { source: `${PI}. LiteLLM 2026-08-01 is older and has other premiums` })),
  listed('eu.meta.llama3-2-1b-instruct-v1:0', { input: '0.13', output: '0.13' }, { source: `${PRICING}; LiteLLM 2026-08-01` }),
  listed('eu.meta.llama3-2-3b-instruct-v1:0', { input: '0.19', output: '0.19' }, { source: `${PRICING}; LiteLLM 2026-08-01` }),
  listed('deepseek.v3-v1:0', { input: '0.58', output: '1.68' }),
  listed('deepseek.v3.2', { input: '0.62', output: '1.85' }),
  listed('minimax.minimax-m2', { input: '0.3', output: '1.2' }, { names: ['minimax.minimax-m2', 'minimax.minimax-m2.1', 'minimax.minimax-m2.5'] }),
  listed('moonshotai.kimi-k2.5', { input: '0.6', output: '3' }),
  listed('moonshot.kimi-k2-thinking', { input: '0.6', output: '2.5' }),
  listed('qwen.qwen3-235b-a22b-2507-v1:0', { input: '0.22', output: '0.88' }),
  listed('qwen.qwen3-coder-next', { input: '0.5', output: '1.2' }),
  listed('qwen.qwen3-next-80b-a3b', { input: '0.15', output: '1.2' }),
  listed('nvidia.nemotron-nano-12b-v2', { input: '0.2', output: '0.6' }),
  listed('google.gemma-4-26b-a4b', { input: '0.13', output: '0.4' }),
  listed('google.gemma-4-31b', { input: '0.14', output: '0.4' }),
  listed('zai.glm-4.7', { input: '0.6', output: '2.2' }),
  listed('zai.glm-4.7-flash', { input: '0.07', output: '0.4' }),
  listed('zai.glm-5', { input: '1', output: '3.2' }),
  listed('xai.grok-4.3', { input: '1.25', output: '2.5', cacheRead: '0.2' }),
  listed('global.xai.grok-4.6', { input: '2', output: '6', cacheRead: '0.5' }, { source: PI }),
  listed('xai.grok-4.6', { input: '2.2', output: '6.6', cacheRead: '0.55' }, { names: ['xai.grok-4.6', 'us.xai.grok-4.6'], source: PI }),
  listed('global.xai.grok-4.7', { input: '2', output: '6', cacheRead: '0.5' }, { source: PI }),
  listed('us.xai.grok-4.7', { input: '2.2', output: '6.6', cacheRead: '0.55' }, { source: PI }),
  listed('google.gemma-4-e2b', { input: '0.04', output: '0.08' }, { source: PI }),
  listed('in.anthropic.claude-haiku-4-5-20251001-v1:0', claude(['1.1', '5.5', '0.11', '1.375', '2.2']), { source: PI }),
  listed('in.anthropic.claude-opus-5', claude(['5.5', '27.5', '0.55', '6.875', '11']), { source: PI }),
  listed('in.anthropic.claude-sonnet-5', claude(['2.2', '11', '0.22', '2.75', '4.4']), { source: PI }),
  listed('eu.anthropic.claude-fable-5', claude(['11', '55', '1.1', '13.75', '22']), { source: PI }),
  listed('global.moonshotai.kimi-k3.1', { input: '4', output: '20', cacheRead: '0.2', cacheWrite5m: '5' }, { source: PI }),
  listed('us.moonshotai.kimi-k3.1', { input: '4.4', output: '22', cacheRead: '0.22', cacheWrite5m: '5.5' }, { source: PI }),
  listed('global.moonshotai.kimi-k3', { input: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75' }, { source: PI }),
  listed('us.moonshotai.kimi-k3', { input: '3.3', output: '16.5', cacheRead: '0.33', cacheWrite5m: '4.125' }, { source: PI }),
  listed('global.zai.glm-5.3', { input: '1.68', output: '5.28', cacheRead: '0.312', cacheWrite5m: '2.1' }, { source: PI }),
  listed('us.zai.glm-5.3', { input: '1.848', output: '5.808', cacheRead: '0.3432', cacheWrite5m: '2.31' }, { source: PI }),
  listed('cohere.command-r-plus-v1:0', { input: '3', output: '15' }, { source: `${PRICING}; LiteLLM 2026-08-01` }),
  listed('cohere.command-r-v1:0', { input: '0.5', output: '1.5' }, { source: `${PRICING}; LiteLLM 2026-08-01` }),
  listed(
    'cohere.embed-english-v3',
    { input: '0.1' },
    { names: ['cohere.embed-english-v3', 'cohere.embed-multilingual-v3'], source: `${PRICING}; LiteLLM 2026-08-01` },
  ),
  listed(
    'cohere.embed-v4:0',
    { input: '0.12' },
    { names: ['cohere.embed-v4:0', 'us.cohere.embed-v4:0'], source: `LiteLLM 2026-08-01; Cohere and Azure list the same price` },
  ),
  {
    provider,
    model: 'us-gov.anthropic.claude-sonnet-4-5',
    names: ['us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    because: 'wrong',
    checkedAt,
    source: 'LiteLLM 2026-08-01; GovCloud costs 1.2 times the global price, as pi-ai lists for gpt-oss',
    prices: [SONNET_4_5_IN_GOVCLOUD],
  },
  ...(
    [
      ['regional.anthropic.claude-haiku-4-5-20251001-v1:0', claude(['1.2', '6', '0.12', '1.5', '2.4'])],
      ['regional.anthropic.claude-3-7-sonnet-20250219-v1:0', { input: '3.6', output: '18', cacheRead: '0.36', cacheWrite5m: '4.5' }],
      ['regional.anthropic.claude-3-5-sonnet-20240620-v1:0', { input: '3.6', output: '18', cacheRead: '0.36', cacheWrite5m: '4.5' }],
      ['regional.anthropic.claude-3-haiku-20240307-v1:0', { input: '0.3', output: '1.5' }],
      ['amazon.nova-pro-v1:0', { input: '0.96', output: '3.84' }],
    ] as const
  ).map(([model, rates]) => ({
    provider,
    model,
    because: 'missing' as const,
    checkedAt,
    source: 'LiteLLM 2026-08-01, bedrock/us-gov-west-1 and us-gov-east-1',
    prices: [{ region: 'us-gov-*', rates }],
  })),
  {
    provider,
    model: 'regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
    because: 'missing',
    checkedAt,
    source: 'LiteLLM 2026-08-01, bedrock/us-gov-west-1 and us-gov-east-1; the step of the model, at 1.2 times the global price',
    prices: [{ region: 'us-gov-*', ...SONNET_4_5_IN_GOVCLOUD }],
  },
  ...(
    [
      ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', ['3', '15', '0.3', '3.75', '6'], ['6', '22.5', '0.6', '7.5', '12']],
      ['regional.anthropic.claude-sonnet-4-5-20250929-v1:0', ['3.3', '16.5', '0.33', '4.125', '6.6'], ['6.6', '24.75', '0.66', '8.25', '13.2']],
    ] as const
  ).map(([model, rates, long]) => ({
    provider,
    model,
    because: 'missing' as const,
    checkedAt,
    source: 'LiteLLM 2026-08-01; Anthropic and Google list the same step above 200K',
    prices: [{ rates: claude(rates), steps: [{ above: 200_000, rates: claude(long) }] }],
  })),
]
