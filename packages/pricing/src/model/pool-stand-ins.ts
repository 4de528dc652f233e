import type { TokenPool } from '@tollgate/tokens'
import type { PoolRates, Price, TokenRate } from './price.ts'

/** Says that tokens of a pool without a rate cost what tokens of another pool cost. */
interface StandIn {
  readonly pool: TokenPool
  readonly standIn: TokenPool
  /** Only for these prices. Defaults to all. */
  readonly where?: (price: StandInPrice) => boolean
  /** The provider's document that says so. */
  readonly reason: string
}

/** What a stand-in depends on. */
export type StandInPrice = Pick<Price, 'provider' | 'model' | 'perMillionTokens'>

const isClaude = ({ model }: StandInPrice) => model.toLowerCase().includes('claude')
const isGoogle = ({ provider }: StandInPrice) => provider === 'google'

/**
 * Every case in which a pool may be charged at the rate of another. Without one, tokens of a pool without a rate leave the call
 * unpriced: cached audio at the price of cached text would cost a third of what the provider charges, and nobody would notice.
 */
export const STAND_INS: readonly StandIn[] = [
  {
    pool: 'reasoning',
    standIn: 'output',
    reason:
      'All providers bill reasoning as output tokens unless they list a price for it: "reasoning tokens are billed as output tokens" (OpenAI), "output price (including thinking tokens)" (Google).',
  },
  {
    pool: 'cacheRead',
    standIn: 'input',
    reason: 'A cached token is an input token with a discount. A provider that lists no discount gives none.',
  },
  {
    pool: 'cacheWrite5m',
    standIn: 'input',
    where: price => !isClaude(price),
    reason:
      'Writing to a cache costs nothing extra unless the provider lists a price for it: "no additional cost" (OpenAI until GPT-5.6, DeepSeek, Amazon Nova). Claude lists one everywhere: 1.25 times the input rate.',
  },
  {
    pool: 'imageInput',
    standIn: 'input',
    reason:
      'Models that read images bill them as input tokens at the text rate (OpenAI, Anthropic, Google, xAI, Amazon Nova). Models that do not, list a rate for images.',
  },
  {
    pool: 'videoInput',
    standIn: 'input',
    where: isGoogle,
    reason: 'Google lists one rate for "text / image / video" input, and another only where it differs.',
  },
  {
    pool: 'audioInput',
    standIn: 'input',
    where: isGoogle,
    reason: 'Google lists audio input apart only where it costs more. For Gemini 2.5 Pro and 3 Pro, one rate holds for all modalities.',
  },
  ...(['cacheReadAudio', 'cacheReadImage', 'cacheReadVideo'] as const).map((pool): StandIn => ({
    pool,
    standIn: 'cacheRead',
    // Where audio has a rate of its own, so has cached audio.
    where: price => isGoogle(price) && (pool !== 'cacheReadAudio' || price.perMillionTokens.audioInput === undefined),
    reason: 'Google lists one rate for cached "text / image / video", and for all modalities where audio input costs the same as text.',
  })),
]

/** Returns the rate that applies to a pool: its own, or that of the pools that stand in for it, one after the other. */
export function rateOfPool(price: StandInPrice, pool: TokenPool): TokenRate | undefined {
  const rates: PoolRates = price.perMillionTokens
  const own = rates[pool]
  if (own !== undefined) return own
  const standIn = STAND_INS.find(other => other.pool === pool && (other.where === undefined || other.where(price)))
  return standIn && rateOfPool(price, standIn.standIn)
}
