import { useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import { getState } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { useShortcut } from '../../../shell/keyboard.ts'
import { Button } from '../../../ui/Button.tsx'
import { Bookmark, Clipboard, Forward, Trash2 } from '../../../ui/icons.ts'
import { forwardPosts } from '../forward/forward-posts.tsx'
import { askToDelete } from './ask-to-delete.tsx'
import { copyText, save } from './post-actions.ts'
import { rightsOf } from './post-rights.ts'
import { stopSelecting, useSelection } from './selecting.ts'
import css from './Selection.module.css'

/** What can be done with the selected posts together; in place of the field to write while somebody selects. */
export default function SelectionBar(): ReactNode {
  const t = useText()
  const selected = useSelection(({ ids }) => ids)
  const onEscape = useCallback(() => {
    stopSelecting()
    return true
  }, [])
  useShortcut('Escape', onEscape)
  useEffect(() => stopSelecting, [])
  const ids = [...(selected ?? [])]
  const state = getState()
  const posts = ids.flatMap((id) => state.posts[id] ?? [])
  const none = posts.length === 0
  const removable = posts.every((post) => rightsOf(state, post).remove)
  const saveAll = async (): Promise<void> => {
    for (const id of ids) await save(id, true)
    stopSelecting()
  }
  return (
    <div className={css['bar']} role="toolbar" aria-label={t('posts.selection', 'Selected messages')}>
      <span className={css['count']} role="status">
        {t('posts.selected', '{count, plural, one {# message} other {# messages}} selected', { count: posts.length })}
      </span>
      <Button size="s" icon={Forward} disabled={none} onPress={() => forwardPosts(ids, stopSelecting)}>
        {t('posts.forward', 'Forward')}
      </Button>
      <Button size="s" icon={Clipboard} disabled={none} onPress={() => void copyText(ids).then(stopSelecting)}>
        {t('posts.copy_text', 'Copy text')}
      </Button>
      <Button size="s" icon={Bookmark} disabled={none} onPress={() => void saveAll()}>
        {t('posts.save', 'Save')}
      </Button>
      <Button size="s" icon={Trash2} disabled={none || !removable} onPress={() => askToDelete(ids, stopSelecting)}>
        {t('posts.delete', 'Delete')}
      </Button>
      <Button size="s" variant="quiet" onPress={stopSelecting}>
        {t('posts.cancel_selection', 'Cancel')}
      </Button>
    </div>
  )
}
