import { Suspense, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Navigate, Route, Routes, useParams } from 'react-router'
import { loadTeam } from '../client/boot.ts'
import { onResync } from '../client/live.ts'
import { useStore } from '../client/store.ts'
import { ChannelScreen } from './ChannelScreen.tsx'
import { channelPath } from './navigate.ts'
import { Frame } from './layout/Frame.tsx'
import { lastChannelId } from './last-place.ts'
import { usePlace } from './place.ts'
import { resync } from './resync.ts'
import { lazyPart } from '../ui/lazy-part.tsx'

const ThreadsPage = lazyPart(() => import('../features/threads/ThreadsPage.tsx'))
const DraftsPage = lazyPart(() => import('../features/drafts/DraftsPage.tsx'))
const PermalinkPage = lazyPart(() => import('../features/posts/PermalinkPage.tsx'))

/** Everything below `/<team>`: the frame with the page in its middle. */
export function TeamScreen(): ReactNode {
  const name = useParams()['team'] ?? ''
  const team = useStore((state) => Object.values(state.teams).find((one) => one.name === name))
  const known = useStore((state) => Boolean(team && state.categoryOrder[team.id]))
  const [failed, setFailed] = useState(false)
  const teamId = team?.id
  useEffect(() => {
    if (!teamId) return
    usePlace.setState({ teamId })
    setFailed(false)
    loadTeam(teamId).catch(() => setFailed(true))
    // A server that goes away again is heard of by the connection, and comes back with another resync.
    return onResync(() => void resync(teamId).catch(() => undefined))
  }, [teamId])
  if (!team) return <Navigate to={`/select_team?missing=${encodeURIComponent(name)}`} replace />
  return (
    <Frame teamId={team.id} isLoading={!known} failed={failed}>
      <Suspense>
        <Routes>
          <Route index element={<FirstChannel teamId={team.id} />} />
          <Route path="channels/:channel" element={<ChannelScreen teamId={team.id} kind="channels" />} />
          <Route path="messages/:channel" element={<ChannelScreen teamId={team.id} kind="messages" />} />
          <Route path="pl/:post" element={<PermalinkPage teamId={team.id} />} />
          <Route path="threads/:root?" element={<ThreadsPage teamId={team.id} />} />
          <Route path="drafts" element={<DraftsPage teamId={team.id} tab="drafts" />} />
          <Route path="scheduled_posts" element={<DraftsPage teamId={team.id} tab="scheduled" />} />
          <Route path="*" element={<Navigate to={`/${team.name}`} replace />} />
        </Routes>
      </Suspense>
    </Frame>
  )
}

/** `/<team>`: the channel that was in view last, else the default one. */
function FirstChannel({ teamId }: { teamId: string }): ReactNode {
  const path = useStore((state) => {
    const last = state.channels[lastChannelId(teamId)]
    if (last && !last.delete_at && (last.team_id === teamId || last.team_id === '')) return channelPath(last.id, teamId)
    const mine = Object.values(state.channels).filter((one) => one.team_id === teamId && !one.delete_at)
    const first = mine.find((one) => one.name === 'town-square') ?? mine[0]
    return first && channelPath(first.id, teamId)
  })
  return path ? <Navigate to={path} replace /> : null
}
