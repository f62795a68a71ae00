import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** The foot of the dialog around; null until it is drawn. */
export const DialogFoot = createContext<Element | null>(null)

/** Buttons at the foot of the dialog around, from wherever in it they are known: one of its tabs, for example. */
export function DialogFooter({ children }: { children: ReactNode }): ReactNode {
  const foot = use(DialogFoot)
  return foot && createPortal(children, foot)
}
