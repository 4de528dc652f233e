import { InvalidInput } from '@tollgate/kernel'
import { checkShape, inputShape, requireTime } from '@tollgate/kernel/input'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { checkExactDraft } from '../../model/drafts/check-exact-draft.ts'
import type { PriceImportSource, PriceListFormat } from '../../model/imports/price-import.ts'
import { readPriceDraft } from '../../model/drafts/read-price-draft.ts'
import type { ListedPrice, PriceList } from '../../model/imports/price-list.ts'
import { readLiteLlmPrices } from './litellm-prices.ts'
import { readModelsDevPrices } from './models-dev-prices.ts'

const READERS = { litellm: readLiteLlmPrices, 'models-dev': readModelsDevPrices } as const satisfies Record<PriceListFormat, unknown>

const LIST = inputShape<Exclude<PriceImportSource, { format: 'drafts' }>>({ format: 'text', data: 'text', from: 'time', providers: 'list?' })
const DRAFTS = inputShape<Extract<PriceImportSource, { format: 'drafts' }>>({ format: 'text', drafts: 'list' })

/** Maximum number of characters of a list, which is read into memory as a whole. Far more than the longest list has. */
const MAX_LIST = 32 * 1024 * 1024

/**
 * Reads a source. All drafts of the result are valid. Skips invalid entries of a public list, which its users cannot fix.
 * Throws `InvalidInput` for invalid drafts of your own, naming the draft and the field.
 */
export function readPriceImport(source: PriceImportSource): PriceList {
  checkSource(source)
  if (source.format === 'drafts') return readDrafts(source.drafts)
  if (source.data.length > MAX_LIST) throw new InvalidInput([{ path: 'data', message: `must be at most ${MAX_LIST} characters` }])
  const { entries, skipped, unlisted = [] }: PriceList = READERS[source.format](source.data, requireTime('from', source.from))
  const providers = source.providers && new Set(source.providers.map(canonicalProvider))
  const selected = providers ? entries.filter(({ draft }) => providers.has(canonicalProvider(draft.provider))) : entries
  const invalid = selected.flatMap(({ name, draft }) => {
    const issues = checkExactDraft(draft)
    return issues.length === 0 ? [] : [{ name, reason: issues.map(({ path, message }) => `${path} ${message}`).join('; ') }]
  })
  const invalidNames = new Set(invalid.map(({ name }) => name))
  // The provider of a skipped entry is not always known, so skipped entries are only reported for imports of all providers.
  return { unlisted, entries: selected.filter(({ name }) => !invalidNames.has(name)), skipped: providers ? invalid : [...skipped, ...invalid] }
}

function checkSource(source: PriceImportSource): void {
  if (source?.format === 'drafts') return checkShape(DRAFTS, source)
  checkShape(LIST, source)
  if (!Object.hasOwn(READERS, source.format)) {
    throw new InvalidInput([{ path: 'format', message: `must be one of ${[...Object.keys(READERS), 'drafts'].join(', ')}` }])
  }
}

function readDrafts(given: Extract<PriceImportSource, { format: 'drafts' }>['drafts']): PriceList {
  const read = given.map(readPriceDraft)
  const issues = read.flatMap(({ issues: ofDraft = [] }, at) => ofDraft.map(({ path, message }) => ({ path: `price ${at + 1}, ${path}`, message })))
  if (issues.length > 0) throw new InvalidInput(issues)
  const drafts = read.flatMap(({ draft }) => draft ?? [])
  return { entries: drafts.map((draft): ListedPrice => ({ name: `${draft.provider}/${draft.model}`, draft, unsupportedCharges: [] })), skipped: [] }
}
