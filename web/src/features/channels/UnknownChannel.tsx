import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { goTo } from '../../shell/navigate.ts'
import { usePlace } from '../../shell/place.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SearchX } from '../../ui/icons.ts'
import { BrowseChannelsDialog } from './dialogs.ts'

/** An address that names no channel for this reader. Says the same for what is not there and what is not his. */
export function UnknownChannel({ name }: { name: string }): ReactNode {
  const t = useText()
  const teamId = usePlace((place) => place.teamId)
  const browse = (): void => void openDialog((close) => <BrowseChannelsDialog teamId={teamId} onClose={close} />)
  return (
    <EmptyState
      icon={SearchX}
      isPage
      title={t('channels.unknown', 'There is no conversation “{name}” for you', { name })}
      text={t('channels.unknown_hint', 'It may have been renamed, be private, or be in another team.')}
      action={
        <>
          <Button variant="primary" onPress={browse}>
            {t('channels.browse', 'Browse channels')}
          </Button>
          <Button onPress={() => goTo('/')}>{t('channels.home', 'Back to the start')}</Button>
        </>
      }
    />
  )
}
