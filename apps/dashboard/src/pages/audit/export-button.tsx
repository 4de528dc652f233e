import { useState } from 'react'
import { appSession } from '../../app/app-session.ts'
import { Button } from '../../ui/button.tsx'
import { fileNameOf, saveFile } from '../../ui/save-file.ts'

export interface ExportButtonProps {
  readonly label: string
  /** Where the server sends the file. */
  readonly path: string
}

/** Downloads a file that the server makes. Says that it is under way, and why it failed. */
export function ExportButton({ label, path }: ExportButtonProps) {
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<string>()
  const download = async () => {
    setLoading(true)
    setProblem(undefined)
    try {
      const response = await fetch(path, { headers: { authorization: `Bearer ${appSession.current()?.token ?? ''}` } })
      if (response.ok) saveFile(await response.blob(), fileNameOf(response) ?? path.replace(/^.*\/|\?.*$/g, ''))
      else setProblem(await messageOf(response))
    } catch (error) {
      setProblem(`The server cannot be reached (${error instanceof Error ? error.message : String(error)}).`)
    }
    setLoading(false)
  }
  return (
    <>
      <Button onClick={() => void download()} disabled={isLoading}>
        {isLoading ? 'Exporting …' : label}
      </Button>
      {problem !== undefined && (
        <span role="alert" className="text-bad">
          {problem}
        </span>
      )}
    </>
  )
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const [error] = (body as { errors?: { message?: string }[] } | undefined)?.errors ?? []
  return error?.message ?? `The server answered ${response.status}.`
}
