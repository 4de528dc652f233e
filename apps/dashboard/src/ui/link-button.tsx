import type { ButtonHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

/** A button that looks like a link, for names in tables that open something. */
export function LinkButton({ className, type = 'button', ...props }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type={type} className={classNames('max-w-full rounded text-left align-top break-words text-accent underline', className)} {...props} />
}
