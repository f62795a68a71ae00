import { create } from 'zustand'

/** What stands in the way of sending, said in the box; the text is still there. */
export interface Notice {
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface Notices {
  /** by key of the writing */
  readonly notices: Readonly<Record<string, Notice | undefined>>
  /** keys of what is sent as soon as its files are there */
  readonly waiting: ReadonlySet<string>
}

export const useNotices = create<Notices>()(() => ({ notices: {}, waiting: new Set() }))

/** Says something in a box, or nothing any more. */
export const notify = (key: string, notice: Notice | undefined): void => {
  if (useNotices.getState().notices[key] === notice) return
  useNotices.setState(({ notices }) => ({ notices: { ...notices, [key]: notice } }))
}

/** Whether something waits for its files. */
export function setWaiting(key: string, on: boolean): void {
  useNotices.setState(({ waiting }) => {
    const others = [...waiting].filter((one) => one !== key)
    return { waiting: new Set(on ? [...others, key] : others) }
  })
}
