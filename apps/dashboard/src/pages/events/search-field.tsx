import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { classNames } from '../../ui/class-names.ts'
import { TextField } from '../../ui/field.tsx'
import { formatCompact } from '../../ui/format.ts'
import { rangeVariables, type UsageRange } from '../../usage-view/usage-range.ts'
import { EVENT_SEARCH_VALUES } from './events.operations.ts'
import { knownValues, type Suggestion, searchSuggestions, suggestionLabel } from './search-suggestions.ts'

export interface SearchFieldProps {
  /** The period whose values are suggested. */
  readonly range: UsageRange
  readonly timeZone: string
  readonly onChoose: (suggestion: Suggestion) => void
}

/**
 * Finds events by whatever is known of them: suggests what the text may mean, to be chosen with the arrow keys and Enter. The list
 * of Base UI is not used: while it is open, it hides the page from screen readers, though its links can be focused.
 */
export function SearchField({ range, timeZone, onChoose }: SearchFieldProps) {
  const { tenantId } = useTenant()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [isUsed, setUsed] = useState(false)
  const [at, setAt] = useState(0)
  const listId = useId()
  const variables = { tenantId: tenantId ?? null, ...rangeVariables(range, timeZone), timeZone }
  const { data } = useRead(EVENT_SEARCH_VALUES, variables, { isPaused: !isUsed })
  const known = useMemo(() => (data === undefined ? [] : knownValues(data.usage)), [data])
  const suggestions = useMemo(() => searchSuggestions(typed, known), [typed, known])
  const isShown = isOpen && suggestions.length > 0
  const active = Math.min(at, suggestions.length - 1)

  const type = (text: string) => {
    setTyped(text)
    setAt(0)
    setOpen(true)
  }
  const choose = (suggestion: Suggestion | undefined) => {
    if (suggestion === undefined) return
    type('')
    onChoose(suggestion)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (suggestions.length === 0 || !['ArrowDown', 'ArrowUp', 'Enter', 'Escape'].includes(key)) return
    // Escape empties the field once the list is closed.
    if (key === 'Escape' && !isShown) return
    event.preventDefault()
    if (key === 'Escape') setOpen(false)
    else if (key === 'Enter' && isShown) choose(suggestions[active])
    else if (!isShown) setOpen(true)
    else setAt((active + (key === 'ArrowDown' ? 1 : -1) + suggestions.length) % suggestions.length)
  }

  return (
    <div className="relative col-span-2 min-w-0">
      <TextField
        label="Search"
        type="search"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${listId}-${active}` : undefined}
        placeholder="Paste an id, or type a model, customer, feature …"
        maxLength={255}
        autoComplete="off"
        value={typed}
        onChange={({ target: { value } }) => type(value)}
        onFocus={() => setUsed(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label="What the text may mean"
        hidden={!isShown}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-96 overflow-y-auto rounded-md border border-line bg-raised py-1 shadow-xl"
      >
        {suggestions.map((suggestion, index) => (
          <Option
            key={`${suggestion.kind === 'event' ? 'event' : suggestion.dimension} ${suggestion.value}`}
            id={`${listId}-${index}`}
            suggestion={suggestion}
            isActive={isShown && index === active}
            onPoint={() => setAt(index)}
            onChoose={() => choose(suggestion)}
          />
        ))}
      </ul>
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly suggestion: Suggestion
  readonly isActive: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

function Option({ id, suggestion, isActive, onPoint, onChoose }: OptionProps) {
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isActive) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <li
      ref={place}
      id={id}
      role="option"
      aria-selected={isActive}
      // The field keeps the focus.
      onMouseDown={event => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
      className={classNames('flex cursor-pointer items-baseline gap-2 px-3 py-1.5', isActive && 'bg-accent-soft')}
    >
      <span className="shrink-0 text-muted">{suggestionLabel(suggestion)}</span>
      <span className="min-w-0 flex-1 truncate font-medium" title={suggestion.value}>
        {suggestion.value}
      </span>
      {suggestion.kind === 'value' && suggestion.calls !== undefined && (
        <span className="shrink-0 text-xs text-muted tabular-nums">{formatCompact(suggestion.calls)} calls</span>
      )}
    </li>
  )
}
