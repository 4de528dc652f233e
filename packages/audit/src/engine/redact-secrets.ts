/** Stands in the log for a secret. */
export const REDACTED = '[redacted]'

/** Names of fields whose value is a secret, whatever its type. */
const SECRET_NAME =
  /pass(?:word|phrase|wd)|secret|credential|private_?key|api_?key|access_?key|signing_?key|authori[sz]ation|cookie|bearer|(?:^|_)pin$|(?:^|_)otp$/
/** Names of fields whose value is a secret if it is a text: numbers under these names are counts. */
const TOKEN_NAME = /tokens?$/

/** Texts that are secrets by their form. Each is bounded, so that a long text costs linear time. */
const SECRET_TEXT = new RegExp(
  [
    String.raw`\btg_[0-9A-Za-z]{8}_[0-9A-Za-z_-]{32,64}`, // API keys of Tollgate
    String.raw`\btg[as]_[0-9a-f]{16}\.[\w-]{2,1900}\.[\w-]{86}`, // access tokens and sessions of Tollgate
    String.raw`\btgc_[\w-]{43}`, // sign-in codes of Tollgate
    String.raw`\bwhsec_[0-9A-Za-z+/=_-]{16,200}`,
    String.raw`\b(?:sk|pk|rk)[-_][0-9A-Za-z_-]{16,200}`,
    String.raw`\bgh[pousr]_[0-9A-Za-z]{20,200}`,
    String.raw`\bxox[abeprs]-[0-9A-Za-z-]{10,200}`,
    String.raw`\bAKIA[0-9A-Z]{16}\b`,
    String.raw`\bAIza[0-9A-Za-z_-]{35}`,
    String.raw`\beyJ[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{8,2000}\.[0-9A-Za-z_-]{0,1000}`, // JSON Web Tokens
    String.raw`(?<=\b(?:Bearer|Basic) )[0-9A-Za-z._~+/=-]{8,2000}`,
    String.raw`(?<=:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)`, // the password of a URL
    String.raw`-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)`,
  ].join('|'),
  'g',
)

/** Replaces the secrets that a text contains. */
export function redactText(text: string): string {
  return text.length < 8 ? text : text.replaceAll(SECRET_TEXT, REDACTED)
}

/**
 * Returns a copy of a JSON value without secrets: values of fields with the name of a secret, and texts with the form of
 * one. A field that is named after tokens keeps its numbers, because they are counts.
 */
export function redactSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redactSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactField(name, item)]))
}

function redactField(name: string, value: unknown): unknown {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|[-.\s]/g, '_').toLowerCase()
  if (SECRET_NAME.test(words)) return value === null ? null : REDACTED
  return TOKEN_NAME.test(words) ? redactStrings(value) : redactSecrets(value)
}

/** Replaces all texts, and keeps the shape and the numbers. */
function redactStrings(value: unknown): unknown {
  if (typeof value === 'string') return REDACTED
  if (Array.isArray(value)) return value.map(redactStrings)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactStrings(item)]))
}
