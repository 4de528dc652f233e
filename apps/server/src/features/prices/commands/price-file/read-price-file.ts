import { extname } from 'node:path'
import { checkStorable, DomainError, describeIssues, type Issue } from '@tollgate/kernel'
import { checkPriceDraft, type ExactPriceDraft } from '@tollgate/pricing'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { readTextFile as readFile } from '../../../../cli/read-text-file.ts'
import { priceEntry } from './price-entry.ts'

/** A file of prices cannot be read or is invalid. Issues name the price and the field. */
export class UnreadablePriceFile extends DomainError<'UNREADABLE_PRICE_FILE'> {
  constructor(file: string, issues: readonly Issue[], options?: ErrorOptions) {
    super('UNREADABLE_PRICE_FILE', `Cannot import prices from ${file}; nothing was published. ${describeIssues(issues)}`, options)
  }
}

/** Reads prices from a JSON array, or from a CSV file with a header. All of them are valid. Throws `UnreadablePriceFile`. */
export async function readPriceFile(
  file: string,
  format: 'csv' | 'json' = extname(file).toLowerCase() === '.csv' ? 'csv' : 'json',
): Promise<ExactPriceDraft[]> {
  const text = await readTextFile(file)
  const parsed = z
    .array(priceEntry, 'It must be an array of prices.')
    .min(1, 'It has no prices.')
    .safeParse(format === 'csv' ? readCsv(file, text) : readJson(file, text))
  if (parsed.success) return requireValid(file, parsed.data)
  throw new UnreadablePriceFile(
    file,
    parsed.error.issues.map(({ path: [at, ...field], message }) => ({
      path: at === undefined ? '' : [`price ${Number(at) + 1}`, field.join('.')].filter(Boolean).join(', '),
      message,
    })),
  )
}

/** Reads the contents of a file of prices. Throws `UnreadablePriceFile`. */
export async function readTextFile(file: string): Promise<string> {
  return readFile(file).catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new UnreadablePriceFile(file, [{ path: '', message: code === 'ENOENT' ? 'There is no such file.' : message }], { cause })
  })
}

/** Applies the rules of pricing to every price, so that all problems are reported at once, before anything is published. */
function requireValid(file: string, drafts: ExactPriceDraft[]): ExactPriceDraft[] {
  const issues = drafts.flatMap((draft, at) => checkPriceDraft(draft).map(({ path, message }) => ({ path: `price ${at + 1}, ${path}`, message })))
  if (issues.length > 0) throw new UnreadablePriceFile(file, issues)
  return drafts
}

function readJson(file: string, text: string): unknown {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new UnreadablePriceFile(file, [{ path: '', message: `It is not valid JSON: ${(cause as Error).message}` }], { cause })
  }
  const issues = checkStorable('', content)
  if (issues.length > 0) throw new UnreadablePriceFile(file, issues)
  return content
}

const PLAIN_COLUMNS: ReadonlySet<string> = new Set(['provider', 'model', 'from', 'to', 'tenantId', 'perRequest', 'serviceTier', 'speed', 'region'])

/** Reads other columns as token pools, and empty cells as omitted fields. */
function readCsv(file: string, text: string): unknown {
  try {
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true })
    return rows.map(row => {
      const filled = Object.entries(row).filter(([, cell]) => cell !== '')
      return {
        ...Object.fromEntries(filled.filter(([column]) => PLAIN_COLUMNS.has(column))),
        perMillionTokens: Object.fromEntries(filled.filter(([column]) => !PLAIN_COLUMNS.has(column))),
      }
    })
  } catch (cause) {
    throw new UnreadablePriceFile(file, [{ path: '', message: (cause as Error).message }], { cause })
  }
}
