import { useZone } from '../app/use-zone.ts'
import { formatTime, type TimeStyle } from './format.ts'

/** A time in the zone of the page. Its title names the zone and the exact instant. */
export function Time({ at, style = 'minute' }: { readonly at: string | null | undefined; readonly style?: TimeStyle }) {
  const zone = useZone()
  if (at === null || at === undefined) return '–'
  return (
    <time dateTime={at} title={`${formatTime(at, zone, 'second')} ${zone} (${at})`} className="whitespace-nowrap">
      {formatTime(at, zone, style)}
    </time>
  )
}
