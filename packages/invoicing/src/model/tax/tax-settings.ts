import type { TaxBehavior, TaxRounding } from './tax.ts'
import type { TaxRate } from './tax-rate.ts'

/** How the seller collects taxes. */
export interface TaxSettings {
  /**
   * Where the seller is registered for taxes: countries, regions of the United States and Canada ("US-CA"), and "EU" for the
   * One Stop Shop of the European Union. Tax is collected there and nowhere else.
   */
  readonly registrations: readonly string[]
  /** Rates that replace or add to the standard rates, such as sales taxes of US states. */
  readonly rates: readonly TaxRate[]
  readonly behavior: TaxBehavior
  readonly rounding: TaxRounding
}
