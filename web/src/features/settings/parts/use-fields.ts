import { useState } from 'react'

/** What is typed into fields, until it is saved: while nothing is typed, they follow what holds. */
export function useFields<T extends Readonly<Record<string, string>>>(held: T) {
  const [typed, setTyped] = useState<Partial<T>>({})
  const values: T = { ...held, ...typed }
  const changed = Object.entries(typed).filter(([key, value]) => value !== held[key])
  const set =
    <K extends keyof T & string>(key: K) =>
    (value: string): void =>
      setTyped((before) => ({ ...before, [key]: value }))
  return {
    values,
    /** what differs from what holds */
    changes: Object.fromEntries(changed) as Partial<T>,
    changed: changed.length > 0,
    set,
    reset: (): void => setTyped({}),
  }
}
