/** An environment variable that the server does not know, and the known one that was probably meant. */
export interface UnknownVariable {
  readonly name: string
  readonly nearest: string | undefined
}

const PREFIX = 'TOLLGATE_'
/** Variables of clients and of examples. Kubernetes adds others for a service that is called "tollgate". */
const OF_OTHERS = /^TOLLGATE_(?:URL|API_KEY|KEY|SERVICE_(?:HOST|PORT)(?:_.*)?|PORT_\d+_.*)$/
const MAX_DISTANCE = 4

/** Returns the variables of Tollgate that are set but not known: names that were misspelt, or that a version has removed. */
export function unknownVariables(set: Readonly<Record<string, string | undefined>>, known: readonly string[]): readonly UnknownVariable[] {
  return Object.entries(set)
    .filter(([name, value]) => name.startsWith(PREFIX) && !known.includes(name) && !OF_OTHERS.test(name) && !isOfKubernetes(name, value))
    .map(([name]) => ({ name, nearest: nearestOf(name, known) }))
}

/** Returns a sentence for people. */
export function describeUnknown({ name, nearest }: UnknownVariable): string {
  return `${name} is not a setting and has no effect.${nearest === undefined ? ' See --help for all settings.' : ` Did you mean ${nearest}?`}`
}

function isOfKubernetes(name: string, value: string | undefined): boolean {
  return name === 'TOLLGATE_PORT' && value?.startsWith('tcp://') === true
}

function nearestOf(name: string, known: readonly string[]): string | undefined {
  const withoutPrefix = name.slice(PREFIX.length)
  if (known.includes(withoutPrefix)) return withoutPrefix // TOLLGATE_PORT, TOLLGATE_DATABASE_URL
  let nearest: string | undefined
  let least = MAX_DISTANCE + 1
  for (const candidate of known) {
    const distance = editDistance(name, candidate)
    if (distance < least) [nearest, least] = [candidate, distance]
  }
  return nearest
}

/** Number of letters to insert, remove or replace to get from one word to the other. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[other.length] ?? 0
}
