import { useEffect, useState } from 'react'
import type { Search } from '../app/use-view.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { instantOf, localOf } from './local-time.ts'
import { DEFAULT_PERIOD, PERIODS, type UsageRange } from './usage-range.ts'

export interface RangePickerProps {
  readonly range: UsageRange
  readonly timeZone: string
  readonly usual?: UsageRange['period']
  readonly onChange: (change: Search) => void
}

const CHOICES = [...PERIODS, { value: 'RANGE', label: 'From … to …' }]

const WEEK = 7 * 86_400_000

/** Chooses a named period, or a range by its start and its end. */
export function RangePicker({ range, timeZone, usual = DEFAULT_PERIOD, onChange }: RangePickerProps) {
  const choose = (value: string) => {
    if (value !== 'RANGE') return onChange({ period: value === usual ? undefined : value, from: undefined, to: undefined })
    const now = Date.now()
    onChange({ period: undefined, from: startOfDay(now - WEEK, timeZone), to: startOfDay(now, timeZone) })
  }
  return (
    <>
      <SelectField label="Period" choices={CHOICES} value={range.period ?? 'RANGE'} onChange={({ target: { value } }) => choose(value)} />
      {range.period === undefined && <Bounds from={range.from} to={range.to} onChange={onChange} />}
    </>
  )
}

function startOfDay(at: number, timeZone: string): string {
  return `${localOf(new Date(at).toISOString(), timeZone).slice(0, 10)}T00:00`
}

/** Two times. They take effect once they are complete and the field is left. */
function Bounds({ from, to, onChange }: { readonly from: string; readonly to: string; readonly onChange: (change: Search) => void }) {
  const [typed, setTyped] = useState({ from: minuteOf(from), to: minuteOf(to) })
  useEffect(() => setTyped({ from: minuteOf(from), to: minuteOf(to) }), [from, to])
  const isOrdered = typed.from < typed.to
  const apply = () => {
    const isComplete = instantOf(typed.from, 'UTC') !== undefined && instantOf(typed.to, 'UTC') !== undefined
    if (isComplete && isOrdered && (typed.from !== minuteOf(from) || typed.to !== minuteOf(to))) onChange(typed)
  }
  return (
    <>
      <TextField
        label="From"
        type="datetime-local"
        value={typed.from}
        onChange={({ target: { value } }) => setTyped({ ...typed, from: value })}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
      <TextField
        label="To (exclusive)"
        type="datetime-local"
        value={typed.to}
        error={isOrdered || typed.from === '' || typed.to === '' ? undefined : 'The end must be after the start.'}
        onChange={({ target: { value } }) => setTyped({ ...typed, to: value })}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
    </>
  )
}

function minuteOf(local: string): string {
  return local.length === 10 ? `${local}T00:00` : local
}
