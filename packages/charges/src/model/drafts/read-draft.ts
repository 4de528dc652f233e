import { type Decimal, InvalidInput, type Issue, type Temporal, timeZone, ZERO } from '@tollgate/kernel'
import { readTimeAt, type TimeInput } from '@tollgate/kernel/input'
import { type NumeralBounds, outOfBounds, readNumeral } from '../numbers/numeral.ts'

const MAX_TEXT = 200
const MAX_RECORDED_TEXT = 1_000

/** Minimum and maximum length of a list. */
export interface ListSize {
  readonly min: number
  readonly max: number
}

/**
 * Reads the fields of a draft. An invalid field adds an issue and reads as a placeholder, so that one `InvalidInput` lists
 * every problem. Null means absent. A field that is never read is an issue too, so that a misspelled field is not ignored.
 */
export interface Fields {
  has(name: string): boolean
  numeral(name: string, bounds: NumeralBounds): Decimal
  optionalNumeral(name: string, bounds: NumeralBounds): Decimal | undefined
  text(name: string): string
  /** Text recorded elsewhere, which may be blank or longer than the names in rules. */
  recordedText(name: string): string
  optionalText(name: string): string | undefined
  texts(name: string): readonly string[]
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback?: Choice): Choice
  instant(name: string): Temporal.Instant | undefined
  zone(name: string): string
  flag(name: string): boolean | undefined
  list<Item>(name: string, size: ListSize, read: (fields: Fields) => Item): readonly Item[]
  /** An object with arbitrary keys. `read` is called for each. */
  record<Value>(name: string, max: number, read: (fields: Fields, key: string) => Value): Readonly<Record<string, Value>>
  nested<Value>(name: string, read: (fields: Fields) => Value): Value
  /** Adds an issue with a field. An empty name means the whole draft. */
  addIssue(name: string, message: string): void
}

/** Reads a draft and freezes the result. Throws `InvalidInput` that names every invalid field. */
export function readDraft<Defined>(draft: unknown, read: (fields: Fields) => Defined): Defined {
  const issues: Issue[] = []
  const defined = readRecord(draft, { path: '', issues }, read)
  if (issues.length > 0) throw new InvalidInput(issues)
  return freeze(defined)
}

interface Place {
  readonly path: string
  readonly issues: Issue[]
}

function readRecord<Value>(draft: unknown, { path, issues }: Place, read: (fields: Fields) => Value): Value {
  if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) {
    issues.push({ path, message: 'must be an object' })
    return read(fieldsOf({}, { path, issues: [] }).fields)
  }
  const { fields, unread } = fieldsOf(draft as Record<string, unknown>, { path, issues })
  const value = read(fields)
  for (const name of unread()) fields.addIssue(name, 'is not a known field')
  return value
}

function fieldsOf(draft: Readonly<Record<string, unknown>>, { path, issues }: Place): { fields: Fields; unread: () => readonly string[] } {
  const read = new Set<string>()
  const pathOf = (name: string) => [path, name].filter(part => part !== '').join('.')
  const addIssue = (name: string, message: string): undefined => void issues.push({ path: pathOf(name), message })
  const valueOf = (name: string): unknown => {
    read.add(name)
    return Object.hasOwn(draft, name) ? (draft[name] ?? undefined) : undefined
  }
  const items = (name: string, { min, max }: ListSize): readonly unknown[] => {
    const value = valueOf(name) ?? (min === 0 ? [] : undefined)
    if (Array.isArray(value) && value.length >= min && value.length <= max) return value
    addIssue(name, `must be a list of ${min} to ${max} items`)
    return []
  }
  const textAt = (name: string, value: unknown): string => {
    if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT) return value
    addIssue(name, `must be text of 1 to ${MAX_TEXT} characters`)
    return ''
  }

  const fields: Fields = {
    has: name => valueOf(name) !== undefined,
    numeral(name, bounds) {
      const value = readNumeral(valueOf(name))
      const message = outOfBounds(value, bounds)
      if (message !== undefined) addIssue(name, message)
      return message === undefined ? (value ?? ZERO) : ZERO
    },
    optionalNumeral: (name, bounds) => (valueOf(name) === undefined ? undefined : fields.numeral(name, bounds)),
    text: name => textAt(name, valueOf(name)),
    recordedText(name) {
      const value = valueOf(name)
      if (typeof value === 'string' && value.length <= MAX_RECORDED_TEXT) return value
      addIssue(name, `must be text of at max ${MAX_RECORDED_TEXT} characters`)
      return ''
    },
    optionalText: name => (valueOf(name) === undefined ? undefined : fields.text(name)),
    texts: name => items(name, { min: 1, max: 1_000 }).map((value, position) => textAt(`${name}.${position}`, value)),
    choice(name, choices, fallback) {
      const value = valueOf(name) ?? fallback
      const chosen = choices.find(choice => choice === value)
      if (chosen === undefined) addIssue(name, `must be one of ${choices.join(', ')}`)
      return chosen ?? (choices[0] as (typeof choices)[number])
    },
    instant(name) {
      const value = valueOf(name)
      return value === undefined ? undefined : (readTimeAt(pathOf(name), value as TimeInput, issues) ?? undefined)
    },
    zone(name) {
      try {
        return timeZone(fields.text(name))
      } catch {
        addIssue(name, 'must be an IANA time zone, such as "Europe/Berlin" or "UTC"')
        return 'UTC'
      }
    },
    flag(name) {
      const value = valueOf(name)
      if (value === undefined || typeof value === 'boolean') return value
      return addIssue(name, 'must be true or false')
    },
    list: (name, size, readItem) => items(name, size).map((item, position) => readRecord(item, { path: pathOf(`${name}.${position}`), issues }, readItem)),
    record: (name, max, readValue) =>
      readRecord(valueOf(name) ?? {}, { path: pathOf(name), issues }, own => {
        const keys = Object.keys(valueOf(name) ?? {})
        if (keys.length > max) own.addIssue('', `must have at max ${max} keys`)
        return Object.fromEntries(keys.slice(0, max).map(key => [key, readValue(own, key)]))
      }),
    nested: (name, readValue) => readRecord(valueOf(name), { path: pathOf(name), issues }, readValue),
    addIssue,
  }
  return { fields, unread: () => Object.keys(draft).filter(name => !read.has(name)) }
}

/** Freezes plain objects and lists deeply. Decimals and instants are immutable already. */
function freeze<Value>(value: Value): Value {
  if (Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)) {
    Object.values(value).forEach(freeze)
    Object.freeze(value)
  }
  return value
}
