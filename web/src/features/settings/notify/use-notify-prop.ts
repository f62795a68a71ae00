import { useStore } from '../../../client/store.ts'
import { saveNotifyProps, saving } from '../parts/save-me.ts'

/** One of my notify_props, with what changes it at once. */
export function useNotifyProp(name: string, fallback: string): readonly [string, (value: string) => void] {
  const value = useStore(
    (state) =>
      (state.users[state.me]?.notify_props as Record<string, string | undefined> | undefined)?.[name] || fallback,
  )
  return [value, (next) => saving(saveNotifyProps({ [name]: next }))]
}
