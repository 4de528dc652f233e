import { InvalidInput } from '@tollgate/kernel'
import { checkPriceDraft } from '../../model/check-price-draft.ts'
import { canonicalProvider } from '../../model/canonical-provider.ts'
import { readLiteLlmPrices } from './litellm-prices.ts'
import { readModelsDevPrices } from './models-dev-prices.ts'
import type { PriceImportSource, PriceListFormat } from '../../model/price-import.ts'
import type { ListedPrice, PriceList } from '../../model/price-list.ts'

const READERS = { litellm: readLiteLlmPrices, 'models-dev': readModelsDevPrices } as const satisfies Record<PriceListFormat, unknown>

/** Longer than the longest list by far; what is read is kept in memory as a whole. */
const MAX_LIST = 32 * 1024 * 1024

/**
 * What a source says, every draft of it fit to be published. What is wrong with an entry of a list skips that entry: a
 * list is not ours to mend. What is wrong with a draft of one's own throws `InvalidInput`, naming the draft and field.
 */
export function readPriceImport(source: PriceImportSource): PriceList {
  if (source.format === 'drafts') return readDrafts(source.drafts)
  if (source.data.length > MAX_LIST) throw new InvalidInput([{ path: 'data', message: `must have at most ${MAX_LIST} characters` }])
  const { entries, skipped, unlisted = [] }: PriceList = READERS[source.format](source.data, source.from)
  const providers = source.providers && new Set(source.providers.map(canonicalProvider))
  const wanted = providers ? entries.filter(({ draft }) => providers.has(canonicalProvider(draft.provider))) : entries
  const wrong = wanted.flatMap(({ name, draft }) => {
    const issues = checkPriceDraft(draft)
    return issues.length === 0 ? [] : [{ name, reason: issues.map(({ path, message }) => `${path} ${message}`).join('; ') }]
  })
  const wrongNames = new Set(wrong.map(({ name }) => name))
  // Which provider a skipped entry is of is not always known; of a part of the list they would only be noise.
  return { unlisted, entries: wanted.filter(({ name }) => !wrongNames.has(name)), skipped: providers ? wrong : [...skipped, ...wrong] }
}

function readDrafts(drafts: Extract<PriceImportSource, { format: 'drafts' }>['drafts']): PriceList {
  const issues = drafts.flatMap((draft, at) => checkPriceDraft(draft).map(({ path, message }) => ({ path: `price ${at + 1}, ${path}`, message })))
  if (issues.length > 0) throw new InvalidInput(issues)
  return { entries: drafts.map((draft): ListedPrice => ({ name: `${draft.provider}/${draft.model}`, draft, unsupportedCharges: [] })), skipped: [] }
}
