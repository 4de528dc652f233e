import type { Session } from './session.ts'

/** The server refused a key, code or session. Its message is for people. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused'
}

const CREATE_SESSION = 'mutation CreateSession { createSession { __typename ... on CreateSessionPayload { token expiresAt } ... on Error { message } } }'

interface Answer {
  readonly data?: { readonly createSession?: { readonly token?: string; readonly expiresAt?: string; readonly message?: string } | null } | null
  readonly errors?: readonly { readonly message: string }[]
}

/** Exchanges a key, the code of a sign-in link, or a session for a new session. Throws `SignInRefused` with the server's reason. */
export async function exchangeKey(credential: string): Promise<Session> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
    body: JSON.stringify({ query: CREATE_SESSION }),
  })
  const { data, errors } = (await response.json()) as Answer
  const { token, expiresAt, message } = data?.createSession ?? {}
  if (token !== undefined && expiresAt !== undefined) return { token, expiresAt }
  throw new SignInRefused(message ?? errors?.[0]?.message ?? `The server answered with status ${response.status}.`)
}

/** Access tokens are sessions already: they read one tenant or customer for a short time, and cannot be exchanged. */
export function isAccessToken(credential: string): boolean {
  return credential.startsWith('tga_')
}
