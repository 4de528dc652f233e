/**
 * Returns whether a number is what was written in JSON. From 2^53 on, several integers are read as the same number, so
 * that two ids which differ in the last digit would become one.
 */
export function isExact(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value)
}
