import { useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../client/api.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { TextField } from '../../ui/TextField.tsx'
import { FormDialog } from '../../shell/FormDialog.tsx'

/** Keeps a link at hand, above the conversation. */
export default function AddBookmarkDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [link, setLink] = useState('')
  const [name, setName] = useState('')
  const address = /^https?:\/\//i.test(link.trim()) ? link.trim() : `https://${link.trim()}`
  const save = async (): Promise<void> => {
    const host = URL.canParse(address) ? new URL(address).host : link
    const bookmark = { type: 'link', link_url: address, display_name: name.trim() || host }
    await request('POST', `/channels/${channelId}/bookmarks`, bookmark)
  }
  return (
    <FormDialog
      title={t('channels.add_bookmark', 'Add a bookmark')}
      submit={t('channels.add', 'Add')}
      disabled={link.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={t('channels.bookmark_link', 'Link')}
        value={link}
        onChange={setLink}
        inputMode="url"
        autoFocus
        required
      />
      <TextField label={t('channels.bookmark_name', 'Name')} value={name} onChange={setName} maxLength={64} optional />
    </FormDialog>
  )
}
