const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 2, notation: 'compact' })
const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** Decimals come as text. They are rounded here, where they are shown, and nowhere else. */
export function formatNumber(value: string | number): string {
  return NUMBER.format(Number(value))
}

/** Returns an amount with its currency. */
export function formatMoney(amount: string | null | undefined, currency: string): string {
  return amount === null || amount === undefined ? '–' : new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount))
}

/** Returns a change in percent with its sign. */
export function formatChange(percent: string | number | null | undefined): string {
  if (percent === null || percent === undefined) return ''
  const rounded = Math.round(Number(percent))
  return `${rounded > 0 ? '+' : ''}${rounded} %`
}

/** Returns a time in the zone of the browser. */
export function formatTime(time: string): string {
  return TIME.format(new Date(time))
}
