import { Button } from './button.tsx'
import { saveFile } from './save-file.ts'

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
  const save = () => saveFile(new Blob([makeText()], { type }), fileName)
  return (
    <Button onClick={save} disabled={isDisabled}>
      {label}
    </Button>
  )
}
