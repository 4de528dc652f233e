import type { ModelMatch } from './model-match.ts'

/** Tests a name in lower case. */
export type NameTest = (name: string) => boolean

/** Returns whether a rule selects a name, given in lower case. For repeated tests, use `compileModelMatch`. */
export function matchesModelName(match: ModelMatch, name: string): boolean {
  return compileModelMatch(match)(name)
}

/** Compiles a rule. Literals are compared in lower case; a regular expression is tested on the name in lower case. */
export function compileModelMatch(match: ModelMatch): NameTest {
  if ('equals' in match) return equals(match.equals.toLowerCase())
  if ('starts_with' in match) return startsWith(match.starts_with.toLowerCase())
  if ('ends_with' in match) return endsWith(match.ends_with.toLowerCase())
  if ('contains' in match) return contains(match.contains.toLowerCase())
  if ('regex' in match) return matches(new RegExp(match.regex))
  if ('or' in match) return anyOf(match.or.map(compileModelMatch))
  return allOf(match.and.map(compileModelMatch))
}

const equals =
  (text: string): NameTest =>
  name =>
    name === text
const startsWith =
  (text: string): NameTest =>
  name =>
    name.startsWith(text)
const endsWith =
  (text: string): NameTest =>
  name =>
    name.endsWith(text)
const contains =
  (text: string): NameTest =>
  name =>
    name.includes(text)
const matches =
  (pattern: RegExp): NameTest =>
  name =>
    pattern.test(name)
const anyOf =
  (tests: readonly NameTest[]): NameTest =>
  name =>
    tests.some(test => test(name))
const allOf =
  (tests: readonly NameTest[]): NameTest =>
  name =>
    tests.every(test => test(name))
