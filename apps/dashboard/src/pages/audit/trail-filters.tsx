import { type SyntheticEvent, useEffect, useState } from 'react'
import type { Search } from '../../app/use-view.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { wordOf } from '../../ui/format.ts'
import { type AuditView, RESULTS } from './audit-view.ts'

export interface TrailFiltersProps {
  readonly view: AuditView
  /** Types that the time has. */
  readonly types: readonly string[]
  readonly onChange: (change: Search) => void
}

/** What the trail is filtered by. */
export function TrailFilters({ view: { result, type, actor, resource }, types, onChange }: TrailFiltersProps) {
  const [typed, setTyped] = useState({ actor: actor ?? '', resource: resource ?? '' })
  useEffect(() => setTyped({ actor: actor ?? '', resource: resource ?? '' }), [actor, resource])
  const isFiltered = [result, type, actor, resource].some(value => value !== undefined)
  const apply = (event?: SyntheticEvent) => {
    event?.preventDefault()
    const [by, on] = [typed.actor.trim(), typed.resource.trim()]
    if (by !== (actor ?? '') || on !== (resource ?? '')) onChange({ actor: by === '' ? undefined : by, resource: on === '' ? undefined : on })
  }
  const known = type === undefined || types.includes(type) ? types : [type, ...types]
  return (
    <form onSubmit={apply} className="mb-4 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto]">
      <SelectField
        label="Result"
        choices={[{ value: '', label: 'Every result' }, ...RESULTS.map(value => ({ value, label: wordOf(value) }))]}
        value={result ?? ''}
        onChange={({ target: { value } }) => onChange({ result: value === '' ? undefined : value })}
      />
      <SelectField
        label="Type"
        choices={[{ value: '', label: 'Every type' }, ...known.toSorted().map(value => ({ value, label: value }))]}
        value={type ?? ''}
        onChange={({ target: { value } }) => onChange({ type: value === '' ? undefined : value })}
      />
      <TextField
        label="By"
        placeholder="Id of a key or person"
        maxLength={200}
        autoComplete="off"
        value={typed.actor}
        onChange={({ target: { value } }) => setTyped({ ...typed, actor: value })}
        onBlur={() => apply()}
      />
      <TextField
        label="On"
        placeholder="Id of what was changed"
        maxLength={200}
        autoComplete="off"
        value={typed.resource}
        onChange={({ target: { value } }) => setTyped({ ...typed, resource: value })}
        onBlur={() => apply()}
      />
      {/* Enter in a field applies it too. */}
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      {isFiltered && (
        <Button look="quiet" onClick={() => onChange({ result: undefined, type: undefined, actor: undefined, resource: undefined })}>
          Remove all
        </Button>
      )}
    </form>
  )
}
