import { useEffect, useId } from 'react'
import { create } from 'zustand'

const useUnsaved = create<{ readonly forms: ReadonlySet<string> }>()(() => ({ forms: new Set() }))

/** Says of a form whether it holds what is not saved. */
export function useReportUnsaved(unsaved: boolean): void {
  const id = useId()
  useEffect(() => {
    if (!unsaved) return
    useUnsaved.setState(({ forms }) => ({ forms: new Set([...forms, id]) }))
    return () => useUnsaved.setState(({ forms }) => ({ forms: new Set([...forms].filter((one) => one !== id)) }))
  }, [id, unsaved])
}

/** Whether something was typed that would be lost. */
export const hasUnsaved = (): boolean => useUnsaved.getState().forms.size > 0
