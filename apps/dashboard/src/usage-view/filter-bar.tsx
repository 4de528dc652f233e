import { type SyntheticEvent, useId, useState } from 'react'
import { useTenant } from '../app/tenant-context.ts'
import type { Search } from '../app/use-view.ts'
import { useRead } from '../graphql/use-read.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { FILTER_VALUES } from './filter-values.operations.ts'
import { type Condition, type FilterDimension, filterInput, FILTERS, isGrouped, withoutConditions, withoutValue, withValue } from './usage-filter.ts'
import { rangeVariables, type UsageRange } from './usage-range.ts'

export interface FilterBarProps {
  readonly conditions: readonly Condition[]
  /** Range whose values are offered. */
  readonly range: UsageRange
  readonly timeZone: string
  readonly onChange: (change: Search) => void
}

/** What usage is filtered by: each value with a button that removes it, and a form that adds one. */
export function FilterBar({ conditions, range, timeZone, onChange }: FilterBarProps) {
  const [isAdding, setAdding] = useState(false)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">Filters</span>
        {conditions.length === 0 && <span className="text-muted">none</span>}
        {conditions.flatMap(({ dimension, values }) =>
          values.map(value => (
            <Chip
              key={`${dimension} ${value}`}
              label={FILTERS.find(filter => filter.dimension === dimension)?.label ?? dimension}
              value={value ?? 'none'}
              onRemove={() => onChange(withoutValue(conditions, dimension, value))}
            />
          )),
        )}
        <Button look="quiet" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
          {isAdding ? 'Close' : 'Add a filter'}
        </Button>
        {conditions.length > 0 && (
          <Button look="quiet" onClick={() => onChange(withoutConditions())}>
            Remove all
          </Button>
        )}
      </div>
      {isAdding && <AddFilter {...{ conditions, range, timeZone, onChange }} />}
    </div>
  )
}

function Chip({ label, value, onRemove }: { readonly label: string; readonly value: string; readonly onRemove: () => void }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-md border border-line bg-sunken pl-2">
      <span className="min-w-0 truncate" title={`${label}: ${value}`}>
        <span className="text-muted">{label}:</span> {value}
      </span>
      <button type="button" aria-label={`Remove the filter ${label}: ${value}`} onClick={onRemove} className="min-h-7 min-w-7 rounded-md hover:bg-raised">
        <span aria-hidden="true">×</span>
      </button>
    </span>
  )
}

function AddFilter({ conditions, range, timeZone, onChange }: FilterBarProps) {
  const { tenantId } = useTenant()
  const [dimension, setDimension] = useState<FilterDimension>('MODEL')
  const [value, setValue] = useState('')
  const listId = useId()
  const grouped = isGrouped(dimension) ? dimension : undefined
  const read = useRead(
    FILTER_VALUES,
    {
      tenantId: tenantId ?? null,
      ...rangeVariables(range, timeZone),
      timeZone,
      filter: filterInput(conditions.filter(condition => condition.dimension !== dimension)),
      by: grouped === undefined ? [] : [grouped],
    },
    { isPaused: grouped === undefined },
  )
  const data = grouped === undefined ? undefined : read.data
  const known = (data?.usage.breakdown ?? []).map(({ key }) => key[0]?.value ?? null)
  const add = (event: SyntheticEvent) => {
    event.preventDefault()
    const chosen = value.trim()
    if (chosen === '') return
    onChange(withValue(conditions, dimension, chosen))
    setValue('')
  }
  return (
    <form onSubmit={add} className="grid items-end gap-2 sm:grid-cols-[12rem_minmax(12rem,24rem)_auto_auto] sm:justify-start">
      <SelectField
        label="Dimension"
        choices={FILTERS.map(filter => ({ value: filter.dimension, label: filter.label }))}
        value={dimension}
        onChange={({ target }) => {
          setDimension(target.value as FilterDimension)
          setValue('')
        }}
      />
      {dimension === 'STATUS' || dimension === 'PRICING' ? (
        <SelectField
          label="Value"
          choices={dimension === 'STATUS' ? STATUSES : PRICING_STATES}
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
      ) : (
        <TextField
          label="Value"
          list={listId}
          value={value}
          maxLength={255}
          autoComplete="off"
          placeholder={known.length === 0 ? 'Type a value' : 'Type or choose a value'}
          onChange={({ target }) => setValue(target.value)}
        />
      )}
      <datalist id={listId}>{known.map(one => one !== null && <option key={one} value={one} />)}</datalist>
      <Button type="submit" disabled={value.trim() === ''}>
        Add
      </Button>
      {known.includes(null) && (
        <Button look="quiet" onClick={() => onChange(withValue(conditions, dimension, null))}>
          Those without a value
        </Button>
      )}
    </form>
  )
}

const STATUSES = [
  { value: '', label: 'Choose …' },
  { value: 'success', label: 'success' },
  { value: 'failure', label: 'failure' },
  { value: 'rate_limited', label: 'rate limited' },
]

const PRICING_STATES = [
  { value: '', label: 'Choose …' },
  { value: 'unpriced', label: 'unpriced' },
  { value: 'priced', label: 'priced' },
  { value: 'reported', label: 'cost reported' },
  { value: 'not_applicable', label: 'needs no price' },
]
