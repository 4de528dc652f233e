import { userInfo } from 'node:os'

/** Returns the name under which changes by a command are recorded. */
export function operatorName(): string {
  return `${userInfo().username}, at the command line`
}
