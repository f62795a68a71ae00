import { useCallback, useEffect, useState } from 'react'
import { failureText } from '../../../shell/failure.ts'

/** Something that only a page of the settings shows, asked for when it is opened and again on demand. */
export function useLoaded<T>(load: () => Promise<T>): {
  data: T | undefined
  error: string
  reload: () => Promise<void>
} {
  const [data, setData] = useState<T>()
  const [error, setError] = useState('')
  const reload = useCallback(
    () =>
      load().then(
        (loaded) => {
          setData(loaded)
          setError('')
        },
        (failure: unknown) => setError(failureText(failure)),
      ),
    [load],
  )
  useEffect(() => void reload(), [reload])
  return { data, error, reload }
}
