import { userInfo } from 'node:os'

/** Who does something at the command line, for those who read of it later. */
export function setterName(): string {
  return `${userInfo().username}, at the command line`
}
