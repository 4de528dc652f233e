/** Joins the names of classes, without those that are absent. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(name => name !== false && name !== undefined && name !== '').join(' ')
}
