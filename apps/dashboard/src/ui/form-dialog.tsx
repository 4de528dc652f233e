import { type ReactNode, type SubmitEvent, useState } from 'react'
import type { Problem } from '../graphql/problem.ts'
import { Button } from './button.tsx'
import { Dialog, DialogButtons } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

export interface FormDialogProps {
  readonly title: string
  /** What will happen, in a sentence or two. */
  readonly about: ReactNode
  /** What the button that does it says. */
  readonly submitText: string
  readonly look?: 'primary' | 'danger'
  readonly closeText?: string
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
export function FormDialog({ title, about, submitText, look = 'primary', closeText, known = [], send, onDone, onClose, children }: FormDialogProps) {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setSending(true)
    const refused = await send()
    setSending(false)
    setProblem(refused)
    if (refused === undefined) onDone()
  }
  return (
    <Dialog title={title} about={about} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {children?.(path => errorOf(problem, path))}
        <ProblemNote problem={problem} known={[...(problem?.fields.keys() ?? [])].filter(path => known.some(field => isPartOf(path, field)))} />
        <DialogButtons onClose={onClose} {...(closeText !== undefined && { closeText })}>
          <Button type="submit" look={look} disabled={isSending}>
            {submitText}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

/** Returns what is wrong with a field, or with an item of its list. */
function errorOf(problem: Problem | undefined, field: string): string | undefined {
  const [, message] = [...(problem?.fields ?? [])].find(([path]) => isPartOf(path, field)) ?? []
  return message
}

function isPartOf(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}[`)
}
