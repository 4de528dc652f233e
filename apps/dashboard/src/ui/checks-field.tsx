import { useId, type ReactNode } from 'react'
import type { Choice } from './field.tsx'

export interface ChecksFieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly choices: readonly Choice[]
  readonly values: readonly string[]
  readonly onChange: (values: string[]) => void
}

/** A choice of several values. */
export function ChecksField({ label, hint, error, choices, values, onChange }: ChecksFieldProps) {
  const id = useId()
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error === undefined ? [] : [`${id}-error`])].join(' ')
  return (
    <fieldset className="min-w-0" {...(described !== '' && { 'aria-describedby': described })}>
      <legend className="mb-1 font-medium">{label}</legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mb-1 text-muted">
          {hint}
        </p>
      )}
      <div className="grid gap-x-4 sm:grid-cols-2">
        {choices.map(({ value, label: text }) => (
          <label key={value} className="flex min-h-7 min-w-0 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={values.includes(value)}
              onChange={({ target: { checked } }) => onChange(checked ? [...values, value] : values.filter(other => other !== value))}
            />
            <span className="min-w-0 break-words">{text}</span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
