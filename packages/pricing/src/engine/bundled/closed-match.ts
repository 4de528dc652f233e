import type { MatchLogic } from '@pydantic/genai-prices'
import { CLOSED_PATTERNS, NAME_CONTINUATIONS, NAME_PREFIXES } from './name-continuations.ts'

/** The date or alias of a version, which costs the same as the model. */
const VERSION = '(?:[-@]20\\d{2}-?\\d{2}-?\\d{2})?(?:[-@](?:latest|default))?'

/**
 * Narrows a rule of `@pydantic/genai-prices` so that it does not select other models. Many rules of the package only tell how a
 * name begins, or what it contains: "claude-sonnet-5" also selects "claude-sonnet-5-5" and "claude-sonnet-5-fast". A narrowed rule
 * selects a name only if a version follows (a date, "-latest", a revision of Bedrock) or what `NAME_CONTINUATIONS` lists. A
 * variant then has a price of its own, or none.
 */
export function closedMatch(match: MatchLogic, model: BundledModel): MatchLogic {
  if ('or' in match) return { or: match.or.map(one => closedMatch(one, model)) }
  if ('and' in match) return { and: match.and.map(one => closedMatch(one, model)) }
  if ('starts_with' in match) return { regex: `^${continued(match.starts_with, model)}$` }
  if ('contains' in match) return { regex: `^${prefixes(model)}${continued(match.contains, model)}$` }
  if ('ends_with' in match) return { regex: `^${prefixes(model)}${escaped(match.ends_with)}$` }
  if ('regex' in match) return { regex: CLOSED_PATTERNS[match.regex] ?? match.regex }
  return match
}

interface BundledModel {
  readonly provider: string
  readonly id: string
}

/** A pattern for a name that begins with `text`, where only a version or a listed continuation goes beyond it. */
function continued(text: string, { provider, id }: BundledModel): string {
  const versions = [provider === 'aws' ? `${VERSION}${bedrockRevision(text, id)}` : VERSION, ...(NAME_CONTINUATIONS[provider] ?? [])]
  const others = (NAME_CONTINUATIONS[`${provider}/${id}`] ?? []).map(continuation => `|.{${text.length}}(?:${continuation})`)
  // A version may begin inside of `text`, as in "claude-sonnet-4-2025".
  return `(?=${escaped(text)})(?:.{0,${text.length}}(?:${versions.join('|')})${others.join('')})`
}

/** The revision of a Bedrock model is part of it: Titan Embeddings V2 is not V1. If its id has none, the first one is meant. */
function bedrockRevision(text: string, id: string): string {
  const revision = /-v\d+(?=:\d+$|$)/.exec(id)?.[0] ?? '-v1'
  return `${text.endsWith(revision) ? '' : `(?:${revision})?`}(?::\\d+[a-z]*)*`
}

function prefixes({ provider, id }: BundledModel): string {
  const known = NAME_PREFIXES[`${provider}/${id}`] ?? NAME_PREFIXES[provider] ?? []
  return `(?:${['', ...known].join('|')})`
}

function escaped(text: string): string {
  return text.toLowerCase().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
