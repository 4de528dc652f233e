import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { formatChange, formatCount, formatShare, wordOf } from '../../ui/format.ts'
import { isFilterDimension, withValue } from '../../usage-view/usage-filter.ts'
import type { UsageGroupsQuery } from './explore-groups.operations.ts'
import { changeOf, type ExploreRow, exploreRows, shareOf } from './explore-rows.ts'
import { DIMENSIONS, type ExploreLimits, type ExploreView, measuresFor } from './explore-view.ts'
import { textOf } from './measure.ts'

export interface ExploreTableProps {
  readonly usage: UsageGroupsQuery['usage']
  readonly view: ExploreView
  readonly limits: ExploreLimits
}

/** The largest groups, all others as one, and the total, with every measure. The values of groups lead to what is in them. */
export function ExploreTable({ usage, view, limits }: ExploreTableProps) {
  const { by, measure, isCompared } = view
  const measures = measuresFor(limits)
  const label = measures.find(({ value }) => value === measure)?.label
  const others = (usage.groups?.groupCount ?? 0) - (usage.groups?.groups.length ?? 0)
  const columns: Column<ExploreRow>[] = [
    ...(by.length === 0 ? [{ header: '', cell: nameOf(others) }] : by.map((_dimension, at) => dimensionColumn(view, at, others))),
    ...measures.map(({ value, label: header }): Column<ExploreRow> => ({
      header,
      isNumber: true,
      className: value === measure ? 'font-medium text-ink' : '',
      cell: ({ measures: measured }) => textOf(measured, value),
    })),
    ...(by.length === 0 || measure === 'LATENCY_P95'
      ? []
      : [{ header: `Share of ${label?.toLowerCase()}`, isNumber: true, cell: (row: ExploreRow) => shareText(shareOf(row, usage.totals, measure)) }]),
    ...(isCompared
      ? [
          { header: `${label} before`, isNumber: true, cell: ({ before }: ExploreRow) => beforeText(before, measure) },
          { header: 'Change', isNumber: true, cell: (row: ExploreRow) => formatChange(changeOf(row, measure)) ?? '–' },
        ]
      : []),
  ]
  return (
    <DataTable caption={`Usage by ${by.map(wordOf).join(' and ')}`} rows={exploreRows(usage)} keyOf={({ kind, key }) => `${kind} ${key}`} columns={columns} />
  )
}

function dimensionColumn(view: ExploreView, at: number, others: number): Column<ExploreRow> {
  const dimension = view.by[at]
  const name = nameOf(others)
  return {
    header: DIMENSIONS.find(({ value }) => value === dimension)?.label,
    className: 'max-w-80 min-w-56 break-words',
    cell: row => (row.kind === 'group' ? <GroupValue {...{ view, row, at }} /> : at === 0 ? name(row) : ''),
  }
}

function nameOf(others: number) {
  return ({ kind }: ExploreRow) =>
    kind === 'total' ? <strong className="font-semibold">Total</strong> : <span className="text-muted">{formatCount(others)} others</span>
}

/** A value that filters by itself. */
function GroupValue({ view, row, at }: { readonly view: ExploreView; readonly row: ExploreRow; readonly at: number }) {
  const part = row.values[at]
  if (part === undefined) return null
  const { dimension, value } = part
  const change =
    dimension === 'TENANT' ? { tenant: value ?? undefined } : isFilterDimension(dimension) ? withValue(view.conditions, dimension, value) : undefined
  const text = value ?? 'none'
  if (change === undefined) return text
  return (
    <Link
      to="."
      search={(before: object) => ({ ...before, ...change })}
      resetScroll={false}
      title={`Show only ${text}`}
      className={`break-words ${value === null ? 'text-muted' : 'text-accent'} underline`}
    >
      {dimension === 'STATUS' ? wordOf(text) : text}
    </Link>
  )
}

function shareText(share: number | null): string {
  return share === null ? '–' : formatShare(share)
}

function beforeText(before: ExploreRow['before'], measure: ExploreView['measure']): string {
  return before === undefined ? '–' : before === null ? 'none' : textOf(before, measure)
}
