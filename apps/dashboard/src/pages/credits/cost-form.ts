import { textOrNull } from '../../ui/typed-text.ts'
import type { SetCreditCostMutationVariables } from './credit-rules.operations.ts'
import type { CreditCost, CreditRates } from './rate-text.ts'

/** How tokens are paid: not at all, all of them alike, or each pool by its own rate. */
export type TokenRates = 'none' | 'alike' | 'by pool'

/** What an operation costs, as it is typed. */
export interface CostForm {
  readonly operation: string
  readonly provider: string
  readonly model: string
  readonly perCall: string
  readonly perUsdOfCost: string
  readonly perUnit: string
  readonly tokens: TokenRates
  readonly perThousandTokens: string
  /** By pool. */
  readonly pools: Readonly<Record<string, string>>
}

/** Returns the form of a cost that exists, or of a new one. */
export function costFormOf(cost: CreditCost | undefined): CostForm {
  const rates = cost?.perThousandTokens ?? []
  const alike = rates.find(({ pool }) => pool === null)
  return {
    operation: cost?.operation ?? '',
    provider: cost?.provider ?? '',
    model: cost?.model ?? '',
    perCall: cost?.perCall ?? '',
    perUsdOfCost: cost?.perUsdOfCost ?? '',
    perUnit: cost?.perUnit ?? '',
    tokens: rates.length === 0 ? 'none' : alike === undefined ? 'by pool' : 'alike',
    perThousandTokens: alike?.rate ?? '',
    pools: Object.fromEntries(rates.flatMap(({ pool, rate }) => (pool === null ? [] : [[pool, rate]]))),
  }
}

/** Returns the rates that were typed. */
export function ratesOf(form: CostForm): CreditRates {
  const alike = textOrNull(form.perThousandTokens)
  const byPool = Object.entries(form.pools).flatMap(([pool, rate]) => (rate.trim() === '' ? [] : [{ pool, rate: rate.trim() }]))
  return {
    perCall: textOrNull(form.perCall),
    perUsdOfCost: textOrNull(form.perUsdOfCost),
    perUnit: textOrNull(form.perUnit),
    perThousandTokens: form.tokens === 'by pool' ? byPool : form.tokens === 'alike' && alike !== null ? [{ pool: null, rate: alike }] : [],
  }
}

/** Returns the input of a form, without the time from which it applies. */
export function costInputOf(form: CostForm): Omit<SetCreditCostMutationVariables['input'], 'from' | 'to'> {
  const { perThousandTokens, ...rates } = ratesOf(form)
  const byPool = perThousandTokens.flatMap(({ pool, rate }) => (pool === null ? [] : [{ pool, rate }]))
  return {
    operation: form.operation.trim(),
    provider: textOrNull(form.provider),
    model: textOrNull(form.model),
    ...rates,
    perThousandTokens: perThousandTokens.find(({ pool }) => pool === null)?.rate ?? null,
    perThousandTokensByPool: byPool.length === 0 ? null : byPool,
  }
}
