import { textOrNull } from '../../ui/typed-text.ts'
import type { IssueCreditNoteMutationVariables } from './corrections.operations.ts'

/** What a credit note gives back: everything that is left of the invoice, an amount, or parts of its lines. */
export type CreditNoteKind = 'whole' | 'amount' | 'lines'

export interface CreditNoteForm {
  readonly kind: CreditNoteKind
  readonly amount: string
  /** Net amounts by the id of the line. Lines that are empty are left out. */
  readonly lines: Readonly<Record<string, string>>
  readonly reason: string
}

type Contents = Pick<IssueCreditNoteMutationVariables['input'], 'amount' | 'lines'>

/** Returns what a credit note gives back, as the API takes it. */
export function contentsOf({ kind, amount, lines }: CreditNoteForm): Contents {
  if (kind === 'whole') return {}
  if (kind === 'amount') return { amount: amount.trim() }
  return { lines: Object.entries(lines).flatMap(([lineId, typed]) => (textOrNull(typed) === null ? [] : [{ lineId, amount: typed.trim() }])) }
}

/** Returns the path of a line in the input; undefined if it is left out. */
export function pathOfLine(form: CreditNoteForm, lineId: string): string | undefined {
  const at = contentsOf({ ...form, kind: 'lines' }).lines?.findIndex(line => line.lineId === lineId) ?? -1
  return at === -1 ? undefined : `lines[${at}]`
}
