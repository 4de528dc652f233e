import type { TokenPool } from '@tollgate/tokens'
import type { Price, TokenRate } from './price.ts'

/** What a stand-in depends on. */
export type StandInPrice = Pick<Price, 'provider' | 'model' | 'perMillionTokens'>

/** Says that tokens of a pool without a rate cost what tokens of another pool cost. */
interface StandIn {
  readonly pools: readonly TokenPool[]
  readonly standIn: TokenPool
  /** Only for these prices. Defaults to all. */
  readonly where?: (price: StandInPrice) => boolean
  /** What the providers' documents say. */
  readonly reason: string
}

const isGoogle = ({ provider }: StandInPrice) => provider === 'google'
const isOpenAi = ({ model }: StandInPrice) => /(?:^|[./])(?:gpt-|chatgpt-|o\d)/i.test(model)
/** Models whose provider charges for writing to the cache, wherever they are hosted: Claude, and OpenAI's from GPT-5.6 on. */
const chargesWrites = ({ model }: StandInPrice) => /claude|gpt-(?:5[.-][6-9]|[6-9])/i.test(model)
const isLive = ({ model }: StandInPrice) => /live|native-audio/i.test(model)
/** Gemini models with one input price for all modalities. Flash models list another one for audio, except for the oldest. */
const hasOneInputPrice = (price: StandInPrice) => isGoogle(price) && /-pro\b|-1\.5|2\.0-flash-lite/i.test(price.model) && !isLive(price)

/**
 * All cases in which a pool without a rate may be charged at the rate of another. In all other cases, tokens of a pool without a
 * rate leave the call unpriced: cached audio at the price of cached text would cost a third of what the provider charges, and
 * nobody would notice.
 */
export const STAND_INS: readonly StandIn[] = [
  {
    pools: ['reasoning'],
    standIn: 'output',
    reason: 'Reasoning is billed as output unless it has a price: "billed as output tokens" (OpenAI), "including thinking tokens" (Google).',
  },
  {
    pools: ['cacheRead'],
    standIn: 'input',
    reason: 'A cached token is an input token with a discount. A provider that lists no discount gives none.',
  },
  {
    pools: ['cacheWrite5m'],
    standIn: 'input',
    where: price => !chargesWrites(price),
    reason: 'Writing to the cache costs nothing extra unless it has a price: "no additional fee" (OpenAI before GPT-5.6), as for DeepSeek and Amazon Nova.',
  },
  {
    pools: ['cacheWrite30m'],
    standIn: 'cacheWrite5m',
    where: isOpenAi,
    reason: 'OpenAI has one cache lifetime of 30 minutes and one price for writes. Price lists have it in the column that is the 5-minute price for Claude.',
  },
  {
    pools: ['cacheWrite5m'],
    standIn: 'cacheWrite30m',
    where: isOpenAi,
    reason: 'Writes whose lifetime the caller does not know count as 5-minute writes. OpenAI has no others than 30-minute ones.',
  },
  {
    pools: ['imageInput'],
    standIn: 'input',
    where: price => !isLive(price),
    reason:
      'Models that read images bill them as input tokens at the text price (OpenAI, Anthropic, Google, xAI, Amazon). Those that do not, list an image price.',
  },
  {
    pools: ['videoInput'],
    standIn: 'input',
    where: price => isGoogle(price) && !isLive(price),
    reason: 'Google lists one price for "text / image / video" input, except for the Live API and embeddings.',
  },
  {
    pools: ['audioInput'],
    standIn: 'input',
    where: hasOneInputPrice,
    reason: 'Google lists one input price for all modalities of Gemini Pro.',
  },
  {
    pools: ['cacheReadImage', 'cacheReadVideo'],
    standIn: 'cacheRead',
    where: price => isGoogle(price) && !isLive(price),
    reason: 'Google lists one price for cached "text / image / video".',
  },
  {
    pools: ['cacheReadAudio'],
    standIn: 'cacheRead',
    where: hasOneInputPrice,
    reason: 'Google lists one price for cached tokens of all modalities of Gemini Pro.',
  },
  {
    pools: ['imageOutput'],
    standIn: 'output',
    where: ({ model }) => /(?:^|\/)gpt-image-(?:1|1-mini|2)(?:$|-20)/i.test(model),
    reason: 'The output of GPT Image 1, 1 mini and 2 is images only, so their output price is that of images.',
  },
  {
    pools: ['audioOutput'],
    standIn: 'output',
    where: ({ model }) => /-tts(?:$|-)/i.test(model),
    reason: 'The output of text-to-speech models is audio only, so their output price is that of audio.',
  },
]

const RULES: ReadonlyMap<TokenPool, readonly StandIn[]> = Map.groupBy(
  STAND_INS.flatMap(rule => rule.pools.map(pool => ({ ...rule, pools: [pool] as const }))),
  ({ pools: [pool] }) => pool,
)

/** Returns the rate that applies to a pool: its own, or that of the first pool that may stand in for it and has one. */
export function rateOfPool(price: StandInPrice, pool: TokenPool): TokenRate | undefined {
  const own = price.perMillionTokens[pool]
  if (own !== undefined) return own
  const rule = RULES.get(pool)?.find(({ standIn, where }) => price.perMillionTokens[standIn] !== undefined && (where?.(price) ?? true))
  return rule && price.perMillionTokens[rule.standIn]
}
