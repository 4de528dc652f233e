/** Returns a number with its noun: "1 invoice", "2 invoices". The plural of the noun must end with "s". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
