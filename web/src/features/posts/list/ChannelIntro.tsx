import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { channelName } from '../../../store/names.ts'
import type { Id } from '../../../store/state.ts'

/** What stands where a channel begins. */
export function ChannelIntro({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  return <h2>{t('posts.intro_title', '{name} begins here', { name })}</h2>
}
