import type { Changed } from './use-change.ts'
import { messageOf } from './message-of.ts'

/** Why a change was refused: a sentence, and what is wrong with each field, by the path in its input. */
export interface Problem {
  readonly message: string
  readonly fields: ReadonlyMap<string, string>
}

/** A member of the union that a mutation returns. */
interface Result {
  readonly __typename: string
}

interface ErrorResult extends Result {
  readonly message: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Returns why a mutation was refused; undefined if it succeeded. `resultOf` returns the field of its answer. `fieldOf` names the
 * field that an error without issues is about, by the type of the error.
 */
export function problemOf<Data, Answer extends Result>(
  changed: Changed<Data>,
  resultOf: (data: Data) => Answer,
  fieldOf?: Readonly<Partial<Record<Answer['__typename'], string>>>,
): Problem | undefined {
  if (changed.error !== undefined) return { message: messageOf(changed.error), fields: new Map() }
  const result: Result = resultOf(changed.data)
  if (!isError(result)) return undefined
  const field: string | undefined = fieldOf?.[result.__typename as Answer['__typename']]
  const issues = field === undefined ? (result.issues ?? []) : [{ path: field, message: result.message }]
  return { message: result.message, fields: new Map(issues.map(({ path, message }) => [path, message])) }
}

function isError(result: Result): result is ErrorResult {
  return result.__typename.endsWith('Error') && 'message' in result
}
