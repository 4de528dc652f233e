import type { Search } from '../../app/use-view.ts'
import { SelectField } from '../../ui/field.tsx'
import { FilterBar } from '../../usage-view/filter-bar.tsx'
import { RangePicker } from '../../usage-view/range-picker.tsx'
import { GRANULARITIES, granularityOf } from '../../usage-view/usage-range.ts'
import { ZoneField } from '../../usage-view/zone-field.tsx'
import { type DimensionName, dimensionsFor, type ExploreLimits, type ExploreView, MAX_DIMENSIONS, measuresFor, TOPS, withDimension } from './explore-view.ts'

export interface ControlsProps {
  readonly view: ExploreView
  readonly limits: ExploreLimits
  readonly onChange: (change: Search) => void
}

/** Everything that can be chosen in Explore. */
export function Controls({ view, limits, onChange }: ControlsProps) {
  const { range, timeZone, granularity, chosenGranularity, by, measure, top, isCompared, conditions } = view
  const automatic = GRANULARITIES.find(({ value }) => value === granularityOf(range))?.label.toLowerCase()
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))]">
        <SelectField label="Measure" choices={measuresFor(limits)} value={measure} onChange={({ target: { value } }) => onChange({ measure: value })} />
        <RangePicker {...{ range, timeZone, onChange }} />
        <SelectField
          label="Steps"
          choices={[{ value: '', label: `Automatic (${automatic})` }, ...GRANULARITIES]}
          value={chosenGranularity === undefined ? '' : granularity}
          onChange={({ target: { value } }) => onChange({ granularity: value === '' ? undefined : value })}
        />
        <ZoneField timeZone={timeZone} onChange={zone => onChange({ zone })} />
        {Array.from({ length: Math.min(by.length + 1, MAX_DIMENSIONS) }, (_, at) => (
          <GroupingField key={at} {...{ by, at, limits, onChange }} />
        ))}
        <SelectField
          label="Groups"
          choices={TOPS.map(count => ({ value: String(count), label: `Top ${count}` }))}
          value={String(top)}
          onChange={({ target: { value } }) => onChange({ top: value === '20' ? undefined : Number(value) })}
        />
      </div>
      <label className="flex min-h-7 items-center gap-2 self-start">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={isCompared}
          onChange={({ target: { checked } }) => onChange({ compare: checked ? true : undefined })}
        />
        Compare with the period before
      </label>
      <FilterBar {...{ conditions, range, timeZone, onChange }} />
    </div>
  )
}

interface GroupingFieldProps extends Pick<ControlsProps, 'limits' | 'onChange'> {
  readonly by: readonly DimensionName[]
  readonly at: number
}

function GroupingField({ by, at, limits, onChange }: GroupingFieldProps) {
  const free = dimensionsFor(limits).filter(({ value }) => value === by[at] || !by.includes(value))
  return (
    <SelectField
      label={['Group by', 'Then by', 'And by'][at]}
      choices={[{ value: '', label: 'Nothing' }, ...free]}
      value={by[at] ?? ''}
      onChange={({ target: { value } }) => onChange(withDimension(by, at, free.find(dimension => dimension.value === value)?.value))}
    />
  )
}
