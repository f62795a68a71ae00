import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { onEvent, onResync } from '../../client/live.ts'

const EVENTS = ['received_group', 'group_member_add', 'group_member_deleted']

/** How often I changed a group myself: of who comes and goes the server tells only those people. */
const useChanges = create<{ readonly count: number }>()(() => ({ count: 0 }))

/** Says that a group is not any more as it was: what shows groups is asked for anew. */
export const groupsChanged = (): void => useChanges.setState(({ count }) => ({ count: count + 1 }))

/** A number that changes whenever groups, or who is in them, may have changed. */
export function useGroupNews(): number {
  const [heard, setHeard] = useState(0)
  const changes = useChanges((state) => state.count)
  useEffect(() => {
    const hear = (): void => setHeard((now) => now + 1)
    const ends = [...EVENTS.map((name) => onEvent(name, hear)), onResync(hear)]
    return () => ends.forEach((end) => end())
  }, [])
  return heard + changes
}
