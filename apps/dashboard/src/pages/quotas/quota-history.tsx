import { useCallback, useMemo } from 'react'
import { chartData } from '../../charts/chart-data.ts'
import { colorOf } from '../../charts/palette.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { useRead } from '../../graphql/use-read.ts'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { formatCompact, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { limitName, valueName } from './quota-name.ts'
import { QUOTA_HISTORY, type QuotaHistoryQuery, type QuotaRowFragment } from './quotas.operations.ts'

/** The usage of a quota in its last windows. */
export function QuotaHistory({ row, onClose }: { readonly row: QuotaRowFragment; readonly onClose: () => void }) {
  const { metric, operation, window, scope } = row.policy
  const isScoped = scope.length > 0
  const variables = { tenantId: row.tenant.id, metric, operation, window, scope: isScoped ? scope : null, scopeValue: isScoped ? row.scopeValue : null }
  const read = useRead(QUOTA_HISTORY, variables)
  return (
    <Dialog
      title={limitName(row.policy)}
      about={isScoped ? valueName(row) : 'The windows that have ended, with what was used in each.'}
      isOpen
      onClose={onClose}
    >
      <Shown read={read}>
        {({ quotaHistory: { nodes } }) =>
          nodes.length === 0 ? (
            <Empty title="No window has ended yet.">{`The first one ends with this ${wordOf(window)}.`}</Empty>
          ) : (
            <Windows windows={nodes} metric={metric} />
          )
        }
      </Shown>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}

function Windows({ windows, metric }: { readonly windows: QuotaHistoryQuery['quotaHistory']['nodes']; readonly metric: string }) {
  const data = useMemo(() => {
    const points = windows.map(({ from, used, limit }) => ({ start: from, used, limit })).toReversed()
    const used = chartData([{ key: 'used', label: `Used ${wordOf(metric)}`, color: colorOf('quota', 'used'), points }], point => Number(point.used), Date.now())
    const limits = chartData(
      [{ key: 'limit', label: 'Limit', color: colorOf('quota', 'limit'), points }],
      point => (point.limit === null ? null : Number(point.limit)),
      Date.now(),
    )
    return { times: used.times, series: [...used.series, ...limits.series] }
  }, [windows, metric])
  const format = useCallback((value: number) => formatCompact(value), [])
  return <TimeChart label={`Used ${wordOf(metric)} by window`} data={data} format={format} timeStyle="minute" height={200} />
}
