import { type ChangeEvent, useCallback, useState } from 'react'

/** The texts of a form, by the names of its fields. */
export interface FormTexts<Name extends string> {
  readonly form: Readonly<Record<Name, string>>
  /** Returns what connects a field with its text. */
  readonly field: (name: Name) => FieldText
  readonly set: (name: Name, text: string) => void
}

export interface FieldText {
  readonly value: string
  readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => void
}

/** Keeps what is typed in a form. */
export function useForm<Name extends string>(initial: Readonly<Record<Name, string>> | (() => Readonly<Record<Name, string>>)): FormTexts<Name> {
  const [form, setForm] = useState(initial)
  const set = useCallback((name: Name, text: string) => setForm(before => ({ ...before, [name]: text })), [])
  const field = (name: Name): FieldText => ({ value: form[name], onChange: ({ target: { value } }) => set(name, value) })
  return { form, field, set }
}
