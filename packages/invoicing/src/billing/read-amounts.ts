import { Decimal, InvalidInput, type Issue, type Period, Temporal } from '@tollgate/kernel'
import { type AmountInput, checkShape, type RangeInput, readAmount, requireTime } from '@tollgate/kernel/input'
import type { CreditNoteContents } from '../engine/invoices/credit-note.ts'
import type { CreditNoteContentsInput, ExtraInvoice } from './billing.ts'
import { INPUTS } from './input-shapes.ts'
import type { ExtraInvoiceDraft } from './issue-invoice.ts'

/** Reads what a credit note gives back. Throws `InvalidInput`. */
export function readContents(contents: CreditNoteContentsInput): CreditNoteContents {
  const issues: Issue[] = []
  const { kind } = contents
  switch (kind) {
    case 'full':
      checkShape(INPUTS.wholeInvoice, contents, 'contents')
      return { kind }
    case 'amount': {
      checkShape(INPUTS.amountOfInvoice, contents, 'contents')
      const amount = readAmountAt('contents.amount', contents.amount, issues)
      throwIssues(issues)
      return { kind, amount }
    }
    case 'lines': {
      checkShape(INPUTS.linesOfInvoice, contents, 'contents')
      const lines = contents.lines.map((line, i) => {
        checkShape(INPUTS.lineOfInvoice, line, `contents.lines.${i}`)
        return { lineId: line.lineId, netAmount: readAmountAt(`contents.lines.${i}.netAmount`, line.netAmount, issues) }
      })
      throwIssues(issues)
      return { kind, lines }
    }
    default:
      throw new InvalidInput([{ path: 'contents.kind', message: 'must be one of full, amount, lines' }])
  }
}

/** Reads an invoice of amounts that no subscription charges. Throws `InvalidInput`. */
export function readExtraInvoice({ period, lines, ...invoice }: ExtraInvoice): ExtraInvoiceDraft {
  const issues: Issue[] = []
  const read = lines.map((line, i) => {
    checkShape(INPUTS.extraLine, line, `lines.${i}`)
    return { ...line, amount: readAmountAt(`lines.${i}.amount`, line.amount, issues) }
  })
  throwIssues(issues)
  return { ...invoice, period: readPeriod(period), lines: read }
}

/** Unlike a range, the period of an extra invoice can be a moment. */
function readPeriod(period: RangeInput): Period {
  checkShape(INPUTS.period, period, 'period')
  const from = requireTime('period.from', period.from)
  const to = requireTime('period.to', period.to)
  if (Temporal.Instant.compare(from, to) > 0) throw new InvalidInput([{ path: 'period.to', message: `must not be before from (${from.toString()})` }])
  return { from, to }
}

function readAmountAt(path: string, amount: AmountInput, issues: Issue[]): Decimal {
  const value = readAmount(amount)
  if (value === undefined) issues.push({ path, message: 'must be a plain decimal number, such as "12.50"' })
  return value ?? new Decimal(0)
}

function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new InvalidInput(issues)
}
