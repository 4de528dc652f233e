import type { Environment } from '../../../environment.ts'

/** Where list prices are fetched from. */
export interface PriceFeedSettings {
  /** Undefined for nowhere. */
  readonly url: string | undefined
  readonly publicKeys: readonly string[]
}

/** Reads the settings of the price feed from the environment. Off by default. */
export function priceFeedSettings({ pricesUrl, pricesPublicKeys = [] }: Partial<Environment> = {}): PriceFeedSettings {
  return { url: pricesUrl, publicKeys: pricesPublicKeys }
}
