import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { ServerChannel } from '@mattermost/types/channels'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { goTo } from '../../shell/navigate.ts'
import { compareNames } from '../../store/sidebar.ts'
import { can } from '../../store/permissions.ts'
import { typed } from '../../store/match-name.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Archive, Hash, Plus } from '../../ui/icons.ts'
import { ListBox } from '../../ui/ListBox.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateChannelDialog } from './dialogs.ts'
import css from './Browse.module.css'
import { openChannelByName } from './open-channel.ts'

interface Props {
  readonly teamId: Id
  readonly onClose: () => void
}

/** The open channels of a team: those that I am in and those that I may join. */
export default function BrowseChannelsDialog({ teamId, onClose }: Props): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const channels = useOpenChannels(teamId)
  const mine = useStore((state) => state.channelMembers)
  const team = useStore((state) => state.teams[teamId]?.name)
  const mayCreate = useStore((state) => can(state, 'create_public_channel', { teamId }))
  const { score } = typed(query)
  const fit = (one: ServerChannel): number =>
    Math.max(score(one.display_name), score(one.name), score(one.purpose) > 0 ? 0.5 : 0)
  const shown = channels
    ?.filter((one) => fit(one) > 0)
    .toSorted((a, b) => fit(b) - fit(a) || compareNames(a.display_name, b.display_name))
  const open = (channel: ServerChannel): void => {
    onClose()
    const joined = mine[channel.id] ? Promise.resolve() : openChannelByName(teamId, 'channels', channel.name)
    joined.then(() => goTo(`/${team}/channels/${channel.name}`), showFailure)
  }
  const create = (): void => {
    onClose()
    openDialog((close) => <CreateChannelDialog teamId={teamId} onClose={close} />)
  }
  return (
    <Dialog
      title={t('channels.browse', 'Browse channels')}
      size="l"
      flush
      onClose={onClose}
      headerActions={
        mayCreate && (
          <Button icon={Plus} size="s" onPress={create}>
            {t('channels.create', 'Create a channel')}
          </Button>
        )
      }
    >
      {shown ? (
        <ListBox
          label={t('channels.browse', 'Browse channels')}
          placeholder={t('channels.browse_hint', 'Name or purpose')}
          query={query}
          onQueryChange={setQuery}
          items={shown}
          keyOf={(one) => one.id}
          onChoose={open}
          autoFocus
          className={css['list']}
          empty={
            <EmptyState
              icon={Hash}
              title={t('channels.none_found', 'No channel is called so')}
              text={t('channels.none_hint', 'Private channels are not listed here.')}
            />
          }
        >
          {(channel) => <ChannelOption channel={channel} joined={Boolean(mine[channel.id])} />}
        </ListBox>
      ) : (
        <Skeleton lines={8} height={18} className={css['skeleton']} />
      )}
    </Dialog>
  )
}

function ChannelOption({ channel, joined }: { channel: ServerChannel; joined: boolean }): ReactNode {
  const t = useText()
  return (
    <span className={css['option']}>
      <Icon icon={channel.delete_at ? Archive : Hash} />
      <span className={css['texts']}>
        <span className={css['name']}>{channel.display_name}</span>
        {channel.purpose && <span className={css['purpose']}>{channel.purpose}</span>}
      </span>
      {joined ? (
        <Badge tone="success">{t('channels.joined', 'Joined')}</Badge>
      ) : (
        <span className={css['join']}>{t('channels.join', 'Join')}</span>
      )}
    </span>
  )
}

/** All open channels of the team, page by page; undefined until the first page is there. */
function useOpenChannels(teamId: Id): readonly ServerChannel[] | undefined {
  const [channels, setChannels] = useState<readonly ServerChannel[]>()
  useEffect(() => {
    let here = true
    const load = async (): Promise<void> => {
      for (let page = 0; here; page++) {
        const some = await api.getChannels(teamId, page, 200)
        if (here) setChannels((known) => [...(page === 0 ? [] : (known ?? [])), ...some])
        if (some.length < 200) return
      }
    }
    load().catch((error) => {
      setChannels([])
      showFailure(error)
    })
    return () => void (here = false)
  }, [teamId])
  return channels
}
