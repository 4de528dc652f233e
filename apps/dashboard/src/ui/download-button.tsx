import { Button } from './button.tsx'

export interface DownloadButtonProps {
  readonly label: string
  readonly fileName: string
  /** Makes the content of the file, on a click. */
  readonly makeText: () => string
  readonly type?: string
  readonly isDisabled?: boolean
}

/** Saves a text as a file. */
export function DownloadButton({ label, fileName, makeText, type = 'text/csv', isDisabled = false }: DownloadButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([makeText()], { type }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Button onClick={save} disabled={isDisabled}>
      {label}
    </Button>
  )
}
