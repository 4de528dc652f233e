import { Navigate } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useState, useSyncExternalStore } from 'react'
import { appSession } from '../app/app-session.ts'
import { textIn, useView } from '../app/use-view.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { exchangeKey, isAccessToken } from './exchange-key.ts'

/** Signs this browser in: with the code of a link, or with a key that is pasted once and not kept. */
export function SignInPage() {
  const session = useSyncExternalStore(appSession.onChange, appSession.current)
  const [from] = useView(search => textIn(search, 'from'))
  const [credential, setCredential] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isSending, setSending] = useState(false)

  const signIn = async (secret: string) => {
    setSending(true)
    setProblem(undefined)
    try {
      appSession.start(isAccessToken(secret) ? { token: secret, expiresAt: null } : await exchangeKey(secret))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setSending(false)
    }
  }

  useEffect(() => {
    document.title = 'Sign in · Tollgate'
    const code = codeOfLink()
    if (code !== undefined) void signIn(code)
  }, [])

  if (session !== undefined) return <Navigate to={localPath(from)} replace />
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void signIn(credential.trim())
  }
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 p-4">
      <h1 className="text-2xl font-semibold">Sign in to Tollgate</h1>
      <Card>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="Key"
            hint="An operator key, an API key of a tenant, or an access token. It is exchanged for a session and not kept."
            error={problem}
            type="password"
            autoComplete="off"
            required
            value={credential}
            onChange={({ target: { value } }) => setCredential(value)}
          />
          <Button type="submit" look="primary" disabled={isSending}>
            {isSending ? 'Signing in …' : 'Sign in'}
          </Button>
        </form>
      </Card>
      <p className="text-muted">
        The terminal in which <code className="font-mono">npm start</code> runs prints a link that signs you in once, and the file of the operator key.
      </p>
    </main>
  )
}

/** Returns the code of a sign-in link, and removes it from the address and from the history. */
function codeOfLink(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code === null) return undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  return code
}

/** Only paths of this page: a link must not lead elsewhere after signing in. */
function localPath(from: string | undefined): string {
  return from !== undefined && /^\/(?![/\\])/.test(from) ? from : '/'
}
