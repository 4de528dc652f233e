import type { Decimal } from '@tollgate/kernel'

/** Buys credits for wallets whose balance is low, for example by charging a saved card. */
export interface TopUpProvider {
  /**
   * Buys credits. Called again with the same key if the result was lost, so a key must be paid once. Rejects if it is not
   * known whether they were bought: the purchase is retried later.
   */
  purchase(request: TopUpRequest): Promise<TopUpResult>
}

/** Credits to buy. */
export interface TopUpRequest {
  readonly tenantId: string
  /** Null for the wallet of the tenant itself. */
  readonly customerId: string | null
  readonly amount: Decimal
  /** The same for each attempt of one top-up, and different for each top-up. */
  readonly idempotencyKey: string
}

/** - `purchased`: paid; the credits are granted now.
 *  - `pending`: not decided yet; asked again later.
 *  - `refused`: not paid, and never will be for this key. */
export type TopUpResult =
  | { readonly kind: 'purchased'; readonly description?: string | undefined }
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly reason: string }
