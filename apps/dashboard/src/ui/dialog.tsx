import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'

export interface DialogProps {
  readonly title: string
  /** What will happen, in a sentence or two. */
  readonly about?: ReactNode
  readonly isOpen: boolean
  readonly onClose: () => void
  /** For much to read, rather than a form. */
  readonly isWide?: boolean
  /** Begins at the top, where there is something to read, instead of at the first field or button. */
  readonly isToRead?: boolean
  readonly children: ReactNode
}

/** A dialog over the page. Escape and a click beside it close it; the focus stays inside and returns afterwards. */
export function Dialog({ title, about, isOpen, onClose, isWide = false, isToRead = false, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={open => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/50" />
        <BaseDialog.Popup
          ref={popup}
          {...(isToRead && { initialFocus: popup })}
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-lg border border-line bg-raised p-5 text-ink shadow-xl outline-none',
            isWide ? 'w-[min(56rem,calc(100vw-1rem))]' : 'w-[min(34rem,calc(100vw-2rem))]',
          )}
        >
          <div>
            <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
            {about !== undefined && <BaseDialog.Description className="mt-1 text-muted">{about}</BaseDialog.Description>}
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

export interface DialogButtonsProps {
  readonly onClose: () => void
  /** What the button that changes nothing says. */
  readonly closeText?: string
  /** The button that does what the dialog is about. */
  readonly children?: ReactNode
}

/** The last row of a dialog: the button that changes nothing, and the one that does something. */
export function DialogButtons({ onClose, closeText = 'Cancel', children }: DialogButtonsProps) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={() => onClose()}>{closeText}</Button>
      {children}
    </div>
  )
}
