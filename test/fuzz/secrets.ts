/** Forms of the secrets that answers contain: API keys, access tokens, sessions and secrets of webhooks. */
const FORMS = [/\btg_[0-9A-Za-z]{8}_[0-9A-Za-z]{20,}/g, /\btg[as]_[0-9a-f]{16}\.[\w.-]{20,}/g, /\bwhsec_[A-Za-z0-9+/=]{16,}/g]

/** Returns the secrets in an answer. */
export function secretsIn(text: string): readonly string[] {
  return FORMS.flatMap(form => text.match(form) ?? [])
}

/** Returns the secrets that a log shows, each by its first characters: known ones, and others of their forms. */
export function leaksIn(log: string, secrets: Iterable<string>): readonly string[] {
  const known = [...secrets].filter(secret => log.includes(secret))
  return [...new Set([...known, ...secretsIn(log)])].map(secret => `${secret.slice(0, 12)}…`)
}
