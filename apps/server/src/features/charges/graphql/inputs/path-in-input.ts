import { InvalidInput } from '@tollgate/kernel'

/**
 * Where something stands in what a client wrote, of where it stands in what was made of it: the names of members of
 * `@oneOf` inputs are put in, because they became a `kind`. `effect.tiers.0.from` is `effect.tiered.tiers.0.from`.
 */
export function pathInInput(path: string, input: unknown): string {
  const written: string[] = []
  let value = input
  for (const segment of path.split('.')) {
    value = enterMembers(value, segment, written)
    written.push(segment)
    value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  }
  return written.join('.')
}

/** Runs work on an input; what it finds wrong is named as the client wrote it. `prefix` is where the work keeps it. */
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

/** Goes into members that the path leaves out: into the only field that was given, where the next one is not there. */
function enterMembers(value: unknown, segment: string, written: string[]): unknown {
  let entered = value
  while (isObject(entered) && !Array.isArray(entered) && !Object.hasOwn(entered, segment)) {
    const [only, ...others] = Object.entries(entered).filter(([, given]) => given !== null && given !== undefined)
    if (only === undefined || others.length > 0 || !isObject(only[1])) return entered
    written.push(only[0])
    entered = only[1]
  }
  return entered
}
