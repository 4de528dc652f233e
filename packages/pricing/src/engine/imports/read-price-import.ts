import { InvalidInput } from '@tollgate/kernel'
import { canonicalProvider } from '../../model/canonical-provider.ts'
import { checkPriceDraft } from '../../model/check-price-draft.ts'
import type { PriceImportSource, PriceListFormat } from '../../model/price-import.ts'
import type { ListedPrice, PriceList } from '../../model/price-list.ts'
import { readLiteLlmPrices } from './litellm-prices.ts'
import { readModelsDevPrices } from './models-dev-prices.ts'

const READERS = { litellm: readLiteLlmPrices, 'models-dev': readModelsDevPrices } as const satisfies Record<PriceListFormat, unknown>

/** Maximum number of characters of a list, which is read into memory as a whole. Far more than the longest list has. */
const MAX_LIST = 32 * 1024 * 1024

/**
 * Reads a source. All drafts of the result are valid. Skips invalid entries of a public list, which its users cannot fix.
 * Throws `InvalidInput` for invalid drafts of your own, naming the draft and the field.
 */
export function readPriceImport(source: PriceImportSource): PriceList {
  if (source.format === 'drafts') return readDrafts(source.drafts)
  if (source.data.length > MAX_LIST) throw new InvalidInput([{ path: 'data', message: `must be at most ${MAX_LIST} characters` }])
  const { entries, skipped, unlisted = [] }: PriceList = READERS[source.format](source.data, source.from)
  const providers = source.providers && new Set(source.providers.map(canonicalProvider))
  const selected = providers ? entries.filter(({ draft }) => providers.has(canonicalProvider(draft.provider))) : entries
  const invalid = selected.flatMap(({ name, draft }) => {
    const issues = checkPriceDraft(draft)
    return issues.length === 0 ? [] : [{ name, reason: issues.map(({ path, message }) => `${path} ${message}`).join('; ') }]
  })
  const invalidNames = new Set(invalid.map(({ name }) => name))
  // The provider of a skipped entry is not always known, so skipped entries are only reported for imports of all providers.
  return { unlisted, entries: selected.filter(({ name }) => !invalidNames.has(name)), skipped: providers ? invalid : [...skipped, ...invalid] }
}

function readDrafts(drafts: Extract<PriceImportSource, { format: 'drafts' }>['drafts']): PriceList {
  const issues = drafts.flatMap((draft, at) => checkPriceDraft(draft).map(({ path, message }) => ({ path: `price ${at + 1}, ${path}`, message })))
  if (issues.length > 0) throw new InvalidInput(issues)
  return { entries: drafts.map((draft): ListedPrice => ({ name: `${draft.provider}/${draft.model}`, draft, unsupportedCharges: [] })), skipped: [] }
}
