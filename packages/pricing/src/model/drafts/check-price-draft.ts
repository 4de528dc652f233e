import type { Issue } from '@tollgate/kernel'
import type { PriceDraft } from './price-draft.ts'
import { readPriceDraft } from './read-price-draft.ts'

/** Returns what is wrong with a draft; empty if it can be published. */
export function checkPriceDraft(draft: PriceDraft): readonly Issue[] {
  return readPriceDraft(draft).issues ?? []
}
