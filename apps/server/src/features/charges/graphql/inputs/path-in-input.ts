import { InvalidInput } from '@tollgate/kernel'

/**
 * Converts the path of an issue to the path in the client's input: it inserts the fields of `@oneOf` inputs, which became a
 * `kind`. `effect.tiers.0.from` becomes `effect.tiered.tiers.0.from`.
 */
export function pathInInput(path: string, input: unknown): string {
  const written: string[] = []
  let value = input
  for (const segment of path.split('.')) {
    value = enterOneOfs(value, segment, written)
    written.push(segment)
    value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  }
  return written.join('.')
}

/** Runs work on an input, and converts the paths of its issues to those of the input. `prefix` is removed from each path first. */
export async function withInputPaths<Result>(input: unknown, prefix: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(
      error.issues.map(({ path, message }) => ({ path: pathInInput(path.startsWith(prefix) ? path.slice(prefix.length) : path, input), message })),
    )
  }
}

type Fields = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** Enters the only field of nested `@oneOf` inputs until one of them has the next segment. */
function enterOneOfs(value: unknown, segment: string, written: string[]): unknown {
  let entered = value
  while (isObject(entered) && !Array.isArray(entered) && !Object.hasOwn(entered, segment)) {
    const [only, ...others] = Object.entries(entered).filter(([, given]) => given !== null && given !== undefined)
    if (only === undefined || others.length > 0 || !isObject(only[1])) return entered
    written.push(only[0])
    entered = only[1]
  }
  return entered
}
