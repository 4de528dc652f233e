import type { Problem } from '../graphql/problem.ts'

/** Returns what the server says about a field, or about an item of its list. */
export function fieldError(problem: Problem | undefined, field: string): string | undefined {
  const [, message] = [...(problem?.fields ?? [])].find(([path]) => isPartOfField(path, field)) ?? []
  return message
}

/** Whether a path of an issue is about a field, or about an item of its list. */
export function isPartOfField(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}[`)
}
