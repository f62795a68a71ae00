import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import { currentTeamId } from '../../shell/place.ts'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { File } from '../../ui/icons.ts'
import { FileKindChoice } from './FileKindChoice.tsx'
import { FileResults } from './FileResults.tsx'
import { findFiles } from './load-results.ts'
import { channelFilter } from './open-search.ts'
import { kindFilter } from './query.ts'
import type { FileKind } from './query.ts'
import css from './Search.module.css'
import { usePages } from './use-pages.ts'

/** The files of a channel, newest first. */
export function ChannelFiles({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const filter = useStore((state) => channelFilter(state, channelId))
  const [kind, setKind] = useState<FileKind | ''>('')
  const teamId = useStore((state) => state.channels[channelId]?.team_id) || currentTeamId()
  const load = useCallback(
    (page: number) => findFiles({ terms: `${filter} ${kindFilter(kind)}`.trim(), teamId, zoneOffset: 0 }, page),
    [filter, kind, teamId],
  )
  const pages = usePages(load)
  const empty = (
    <div role="status" className={css['empty']}>
      <EmptyState
        icon={File}
        title={kind ? t('search.no_kind', 'No files of this kind') : t('search.no_files', 'No files yet')}
        text={t('search.no_files_hint', 'What people attach to their messages in this channel is gathered here.')}
      />
    </div>
  )
  return (
    <>
      <PanelHeader title={t('search.files', 'Files')} subtitle={name} />
      <FileKindChoice kind={kind} onChange={setKind} />
      <FileResults
        label={t('search.files_of', 'Files of {channel}', { channel: name })}
        pages={pages}
        oneChannel
        empty={empty}
      />
    </>
  )
}
