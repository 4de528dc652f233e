import type { ChargedEvent } from '../../model/usage/charged-event.ts'
import type { PriceList } from '../rules/charge-rules-in-effect.ts'

/** Whether a tenant is charged by cost or by a percentage of it, so that nothing is counted. */
export function isPercentageOfCost(list: PriceList | undefined): boolean {
  return list === undefined || list.model.kind === 'percentage'
}

/** Returns why an event has nothing to charge; undefined if it has something. */
export function nothingToCharge({ provider, model, tokens, quantity, rating }: ChargedEvent, list: PriceList | undefined): string | undefined {
  if (list === undefined || isPercentageOfCost(list)) return rating.state === 'not_applicable' ? NO_MODEL : undefined
  if (list.counts === 'tokens' && tokens === null) return provider === null && model === null ? NO_MODEL : `${list.id} counts tokens, and the event has none`
  return list.counts === 'quantity' && quantity === null ? `${list.id} counts quantities, and the event has none` : undefined
}

const NO_MODEL = 'the event used no model, so there is nothing to charge'
