import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { create } from 'zustand'

type Render = (close: () => void) => ReactNode

interface Dialogs {
  readonly open: readonly { readonly key: number; readonly render: Render }[]
}

const useDialogs = create<Dialogs>()(() => ({ open: [] }))
let counter = 0

/** Shows a dialog above everything: `openDialog((close) => <InviteDialog onClose={close} />)`. Returns what closes it. */
export function openDialog(render: Render): () => void {
  const key = ++counter
  useDialogs.setState(({ open }) => ({ open: [...open, { key, render }] }))
  return () => closeDialog(key)
}

const closeDialog = (key: number): void =>
  useDialogs.setState(({ open }) => ({ open: open.filter((one) => one.key !== key) }))

/** Where dialogs are drawn, once in the app. */
export function DialogHost(): ReactNode {
  const open = useDialogs((state) => state.open)
  return open.map(({ key, render }) => <Suspense key={key}>{render(() => closeDialog(key))}</Suspense>)
}
