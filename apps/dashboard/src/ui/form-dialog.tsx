import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { Problem } from '../graphql/problem.ts'
import { Button } from './button.tsx'
import { Dialog, DialogButtons } from './dialog.tsx'
import { fieldError } from './field-error.ts'
import { ProblemNote } from './problem-note.tsx'

export interface FormDialogProps {
  readonly title: string
  /** What will happen, in a sentence or two. */
  readonly about: ReactNode
  /** What the button that does it says. */
  readonly submitText: string
  readonly look?: 'primary' | 'danger'
  readonly closeText?: string
  readonly isWide?: boolean
  /** Begins at the top, where there is something to read, instead of at the first field. */
  readonly isToRead?: boolean
  /** Whether there is nothing to send yet. */
  readonly isIdle?: boolean
  /** The fields of the input that the form shows, by their path. */
  readonly known?: readonly string[]
  /** Sends the change. Returns why it was refused. */
  readonly send: () => Promise<Problem | undefined>
  readonly onDone: () => void
  readonly onClose: () => void
  /** Shows the fields. `errorOf` returns what the server says about one of them. */
  readonly children?: (errorOf: (path: string) => string | undefined) => ReactNode
}

/** A dialog that asks once, sends a change, and shows the server's errors beside the fields that they are about. */
export function FormDialog({
  title,
  about,
  submitText,
  look = 'primary',
  closeText,
  isWide = false,
  isToRead = false,
  isIdle = false,
  known = [],
  send,
  onDone,
  onClose,
  children,
}: FormDialogProps) {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setProblem(undefined)
    setSending(true)
    const refused = await send()
    setSending(false)
    setProblem(refused)
    if (refused === undefined) onDone()
  }
  return (
    <Dialog title={title} about={about} isWide={isWide} isToRead={isToRead} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {children?.(path => fieldError(problem, path))}
        <ProblemNote problem={problem} known={known} />
        <DialogButtons onClose={onClose} {...(closeText !== undefined && { closeText })}>
          <Button type="submit" look={look} disabled={isSending || isIdle}>
            {submitText}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
