import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { onEvent } from '../client/live.ts'
import { getState, useStore } from '../client/store.ts'
import { ChannelHeader } from '../features/channels/ChannelHeader.tsx'
import { openChannelByName } from '../features/channels/open-channel.ts'
import { tellRemoved } from '../features/channels/tell-removed.tsx'
import { UnknownChannel } from '../features/channels/UnknownChannel.tsx'
import { Conversation } from '../features/posts/Conversation.tsx'
import { channelName } from '../store/names.ts'
import type { Id, State } from '../store/state.ts'
import { goTo } from './navigate.ts'
import { rememberPlace } from './last-place.ts'
import { usePlace } from './place.ts'

interface Props {
  readonly teamId: Id
  /** the word in the address: people and groups stand below `messages` */
  readonly kind: 'channels' | 'messages'
}

/** `/<team>/channels/<name>` and `/<team>/messages/<@user or id>`. */
export function ChannelScreen({ teamId, kind }: Props): ReactNode {
  const name = useParams()['channel'] ?? ''
  const [query] = useSearchParams()
  const channelId = useStore((state) => findChannel(state, teamId, kind, name))
  const [unknown, setUnknown] = useState(false)
  const address = `${teamId} ${kind} ${name}`
  const wasHere = useRef({ address: '', id: '', name: '' })
  const remover = useRemover()
  useEffect(() => {
    setUnknown(false)
    if (channelId) return void (wasHere.current = { address, id: channelId, name: channelName(getState(), channelId) })
    // Left, or taken out of it: coming back is not for the address to decide.
    if (wasHere.current.address === address) {
      const { channels, teams, me } = getState()
      if (!channels[wasHere.current.id] && remover.current !== me) tellRemoved(wasHere.current.name)
      return goTo(`/${teams[teamId]?.name ?? ''}`, { replace: true })
    }
    let here = true
    openChannelByName(teamId, kind, name).catch(() => here && setUnknown(true))
    return () => void (here = false)
  }, [teamId, kind, name, channelId, address, remover])
  // Before it is painted: the list of channels shows where the reader is in the same picture as the page.
  useLayoutEffect(() => usePlace.setState({ channelId: channelId ?? '' }), [channelId])
  useLayoutEffect(() => () => usePlace.setState({ channelId: '' }), [])
  useEffect(() => {
    if (channelId) rememberPlace(teamId, channelId)
  }, [teamId, channelId])
  if (unknown) return <UnknownChannel name={name} />
  if (!channelId) return null
  return (
    <>
      <ChannelHeader channelId={channelId} />
      <Conversation channelId={channelId} focusPostId={query.get('post') ?? undefined} />
    </>
  )
}

/** Who took me out of a channel last; I myself, when I left it in another window. */
function useRemover(): RefObject<Id> {
  const remover = useRef<Id>('')
  useEffect(() => onEvent('user_removed', ({ data }) => void (remover.current = String(data.remover_id))), [])
  return remover
}

/** The channel that an address names, if I am in it. Old links name direct messages by the channel's own name or id. */
function findChannel(state: State, teamId: Id, kind: Props['kind'], name: string): Id | undefined {
  const all = Object.values(state.channels)
  if (kind === 'channels') return all.find((one) => one.team_id === teamId && one.name === name)?.id
  if (!name.startsWith('@')) return all.find((one) => one.id === name || one.name === name)?.id
  const user = Object.values(state.users).find((one) => one.username === name.slice(1).toLowerCase())
  if (!user) return undefined
  const direct = [state.me, user.id].toSorted().join('__')
  return all.find((one) => one.type === 'D' && one.name === direct)?.id
}
