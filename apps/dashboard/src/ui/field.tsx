import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react'
import { classNames } from './class-names.ts'

interface LabelProps {
  readonly label: ReactNode
  /** What is expected, under the label. */
  readonly hint?: ReactNode
  /** The server's complaint about this field. */
  readonly error?: string | undefined
  /** Shows the label to screen readers only. */
  readonly isLabelHidden?: boolean
}

const CONTROL = 'min-h-9 w-full rounded-md border bg-raised px-2.5 py-1.5 text-ink placeholder:text-muted disabled:opacity-60'

/** A text field with its label and its error. */
export function TextField({ label, hint, error, isLabelHidden = false, className, ...input }: LabelProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <Labeled {...{ id, label, hint, error, isLabelHidden, className }}>
      <input id={id} {...describing(id, hint, error)} className={classNames(CONTROL, borderOf(error))} {...input} />
    </Labeled>
  )
}

/** A field for a text of several lines, such as JSON. */
export function TextAreaField({ label, hint, error, isLabelHidden = false, className, ...area }: LabelProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId()
  return (
    <Labeled {...{ id, label, hint, error, isLabelHidden, className }}>
      <textarea id={id} {...describing(id, hint, error)} className={classNames(CONTROL, 'font-mono text-xs leading-relaxed', borderOf(error))} {...area} />
    </Labeled>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

/** A choice of one of a few values. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden = false,
  className,
  choices,
  ...select
}: LabelProps & { readonly choices: readonly Choice[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId()
  return (
    <Labeled {...{ id, label, hint, error, isLabelHidden, className }}>
      <select id={id} {...describing(id, hint, error)} className={classNames(CONTROL, 'pr-7', borderOf(error))} {...select}>
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Labeled>
  )
}

function Labeled({
  id,
  label,
  hint,
  error,
  isLabelHidden,
  className,
  children,
}: LabelProps & { readonly id: string; readonly className: string | undefined; readonly children: ReactNode }) {
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden === true ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      )}
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="min-w-0 break-words text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

function describing(id: string, hint: ReactNode, error: string | undefined) {
  const ids = [...(hint === undefined ? [] : [`${id}-hint`]), ...(error === undefined ? [] : [`${id}-error`])]
  return { 'aria-invalid': error !== undefined, ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }) }
}

function borderOf(error: string | undefined): string {
  return error === undefined ? 'border-line' : 'border-bad'
}
