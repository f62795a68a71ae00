import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { holdTyping } from './type-ahead.ts'

type Render = (close: () => void) => ReactNode

interface Open {
  readonly key: number
  readonly render: Render
  readonly name: string
}

interface Dialogs {
  readonly open: readonly Open[]
}

const useDialogs = create<Dialogs>()(() => ({ open: [] }))
let counter = 0

/**
 * Shows a dialog above everything: `openDialog((close) => <InviteDialog onClose={close} />)`. Of those with a name one is open
 * at a time: a key that is pressed again while its dialog is on its way opens no second one. What is typed meanwhile goes
 * into the dialog's first field. Returns what closes it.
 */
export function openDialog(render: Render, name = ''): () => void {
  const known = name ? useDialogs.getState().open.find((one) => one.name === name) : undefined
  const key = known?.key ?? ++counter
  const close = (): void => closeDialog(key)
  if (!known && window.event?.type === 'keydown')
    holdTyping((focus) => focus.closest('[role$="dialog"]') !== null, close)
  if (!known) useDialogs.setState(({ open }) => ({ open: [...open, { key, render, name }] }))
  return close
}

const closeDialog = (key: number): void =>
  useDialogs.setState(({ open }) => ({ open: open.filter((one) => one.key !== key) }))

/** How many dialogs are open. */
export const openDialogs = (): number => useDialogs.getState().open.length

/** Closes the topmost dialogs until only `count` are open. */
export function closeDialogsAbove(count: number): void {
  if (openDialogs() > count) useDialogs.setState(({ open }) => ({ open: open.slice(0, count) }))
}

/** Calls back when a dialog was opened or closed. Returns what ends it. */
export const onDialogs = (heard: () => void): (() => void) => useDialogs.subscribe(heard)

/** Where dialogs are drawn, once in the app. */
export function DialogHost(): ReactNode {
  const open = useDialogs((state) => state.open)
  return open.map(({ key, render }) => (
    <ErrorBoundary key={key} onError={() => closeDialog(key)}>
      <Suspense>{render(() => closeDialog(key))}</Suspense>
    </ErrorBoundary>
  ))
}
