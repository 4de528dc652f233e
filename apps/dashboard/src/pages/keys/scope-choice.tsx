import { useId } from 'react'

export interface ScopeChoiceProps {
  /** Scopes that can be given. */
  readonly offered: readonly string[]
  /** Undefined for all. */
  readonly chosen: readonly string[] | undefined
  readonly error: string | undefined
  readonly onChange: (chosen: readonly string[] | undefined) => void
}

/** What a new key may do: everything that can be given, or what is chosen. */
export function ScopeChoice({ offered, chosen, error, onChange }: ScopeChoiceProps) {
  const errorId = useId()
  const toggle = (scope: string) => onChange(chosen?.includes(scope) === true ? chosen.filter(other => other !== scope) : [...(chosen ?? []), scope].toSorted())
  return (
    <fieldset aria-describedby={error === undefined ? undefined : errorId} className="min-w-0">
      <legend className="font-medium">What it may do</legend>
      <div className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        <label className="flex items-center gap-2">
          <input type="radio" name="scopes" checked={chosen === undefined} onChange={() => onChange(undefined)} />
          All that such a key can have
        </label>
        <label className="flex items-center gap-2">
          <input type="radio" name="scopes" checked={chosen !== undefined} onChange={() => onChange(offered.includes('usage:write') ? ['usage:write'] : [])} />
          Only what is chosen
        </label>
      </div>
      {chosen !== undefined && (
        <div className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1 rounded-md bg-sunken p-3 sm:grid-cols-3">
          {offered.map(scope => (
            <label key={scope} className="flex min-w-0 items-center gap-2">
              <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
              <span className="min-w-0 break-words">{scope}</span>
            </label>
          ))}
        </div>
      )}
      {error !== undefined && (
        <p id={errorId} role="alert" className="mt-1 break-words text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}
