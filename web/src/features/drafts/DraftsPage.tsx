import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { showSidebar } from '../../shell/layout/layout.ts'
import { goTo } from '../../shell/navigate.ts'
import type { Draft, ScheduledPost } from '../../store/entities.ts'
import type { Id, State, Table } from '../../store/state.ts'
import { CountBadge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ArrowLeft } from '../../ui/icons.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { useShallow } from 'zustand/react/shallow'
import { DraftList } from './DraftList.tsx'
import css from './Drafts.module.css'
import { ScheduledList } from './ScheduledList.tsx'
import { startDrafts } from './sync-drafts.ts'

type Tab = 'drafts' | 'scheduled'

/** `/<team>/drafts` and `/<team>/scheduled_posts`: what is begun and what waits, in this team and in direct messages. */
export default function DraftsPage({ teamId, tab }: { teamId: Id; tab: Tab }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId]?.name ?? '')
  const schedules = useStore((state) => state.config['ScheduledPosts'] === 'true')
  const drafts = useStore(useShallow((state) => draftsOf(state, teamId)))
  const scheduled = useStore(useShallow((state) => scheduledOf(state, teamId)))
  useEffect(startDrafts, [])
  const tabs = [
    {
      id: 'drafts' as const,
      label: t('drafts.drafts', 'Drafts'),
      badge: drafts.length > 0 && <CountBadge count={drafts.length} />,
      content: <DraftList drafts={drafts} />,
    },
    {
      id: 'scheduled' as const,
      label: t('drafts.scheduled', 'Scheduled'),
      badge: scheduled.length > 0 && <CountBadge count={scheduled.length} />,
      content: <ScheduledList posts={scheduled} />,
    },
  ]
  return (
    <div className={css['page']}>
      <header className={css['header']}>
        <IconButton
          icon={ArrowLeft}
          label={t('channels.back', 'Back to the channels')}
          className={css['back']}
          onPress={() => showSidebar(true)}
        />
        <h1 className={css['title']}>{t('drafts.title', 'Drafts and scheduled messages')}</h1>
      </header>
      <Tabs
        label={t('drafts.title', 'Drafts and scheduled messages')}
        tabs={schedules ? tabs : tabs.slice(0, 1)}
        selected={tab}
        onSelect={(next) => goTo(`/${team}/${next === 'drafts' ? 'drafts' : 'scheduled_posts'}`)}
        className={css['tabs']}
      />
    </div>
  )
}

function inTeam<T extends { channel_id: Id }>(state: State, teamId: Id, table: Table<T>): T[] {
  return Object.values(table).filter(({ channel_id: id }) => {
    const channel = state.channels[id]
    return channel && (channel.team_id === teamId || channel.team_id === '')
  })
}

/** The one written last first. */
function draftsOf(state: State, teamId: Id): Draft[] {
  const full = inTeam(state, teamId, state.drafts).filter((one) => one.message || one.file_ids?.length)
  return full.toSorted((a, b) => b.update_at - a.update_at)
}

/** Those that failed first, then the next one to be sent. */
function scheduledOf(state: State, teamId: Id): ScheduledPost[] {
  const failed = (post: ScheduledPost): number => (post.error_code ? 0 : 1)
  return inTeam(state, teamId, state.scheduledPosts).toSorted(
    (a, b) => failed(a) - failed(b) || a.scheduled_at - b.scheduled_at,
  )
}
