import { useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { update, useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { can } from '../../../store/permissions.ts'
import { dropPosts } from '../../../store/posts.ts'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { UserPlus } from '../../../ui/icons.ts'
import { showFailure } from '../../../shell/failure.ts'
import css from './AddToChannel.module.css'

interface Hint {
  readonly not_in_channel_user_ids?: readonly Id[]
  readonly user_ids?: readonly Id[]
  readonly not_in_groups_usernames?: readonly string[]
}

/** Below the note that a mention reached nobody: a button that adds those people to the channel. */
export function AddToChannel({ post }: { post: Post }): ReactNode {
  const t = useText()
  const hint = post.props['add_channel_member'] as Hint | undefined
  const type = useStore((state) => state.channels[post.channel_id]?.type)
  const permission = type === 'P' ? 'manage_private_channel_members' : 'manage_public_channel_members'
  const may = useStore((state) => can(state, permission, { channelId: post.channel_id }))
  const [pending, setPending] = useState(false)
  const ids = hint?.not_in_channel_user_ids ?? hint?.user_ids ?? []
  if (!may || ids.length === 0) return null
  const add = async (): Promise<void> => {
    setPending(true)
    try {
      await request('POST', `/channels/${post.channel_id}/members`, { user_ids: ids, post_root_id: post.root_id })
      update((state) => dropPosts(state, [post.id]))
    } catch (error) {
      setPending(false)
      showFailure(error)
    }
  }
  return (
    <div className={css['row']}>
      <Button size="s" icon={UserPlus} pending={pending} onPress={() => void add()}>
        {t('posts.add_to_channel', '{count, plural, one {Add to the channel} other {Add # people to the channel}}', {
          count: ids.length,
        })}
      </Button>
    </div>
  )
}
