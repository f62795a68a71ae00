import { useState } from 'react'
import type { ReactNode } from 'react'
import { Smile } from '../../../ui/icons.ts'
import { IconButton } from '../../../ui/index.ts'
import type { CustomEmojiSource } from '../../emoji/custom-emoji.ts'
import { CustomEmojiDialog } from '../../emoji/CustomEmojiDialog.tsx'
import { ReactionPicker } from '../../emoji/EmojiPopover.tsx'
import type { SkinTone } from '../../emoji/names.ts'

const dot = (hue: number): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="hsl(${hue} 80% 55%)"/></svg>`)}`

/** 450 custom emoji in three pages, and one more that only a search finds. */
const source: CustomEmojiSource = {
  load: (page, size) => {
    document.documentElement.dataset.pages = String(page + 1)
    const names = Array.from({ length: 450 }, (_, at) => ({ id: `${at}`, name: `dot_${String(at).padStart(3, '0')}` }))
    return Promise.resolve(names.slice(page * size, (page + 1) * size))
  },
  search: (term) => Promise.resolve('hidden_gem'.includes(term) ? [{ id: 'gem', name: 'hidden_gem' }] : []),
  url: (name) =>
    name.startsWith('dot_') || name === 'hidden_gem' ? dot(Number.parseInt(name.slice(4), 10) || 0) : null,
}

/** The picker, as reactions use it. */
export function PickerSample({ pressed }: { pressed: (what: string) => void }): ReactNode {
  const [open, setOpen] = useState(true)
  const [tone, setTone] = useState<SkinTone | null>(null)
  return (
    <ReactionPicker
      open={open}
      onOpenChange={setOpen}
      placement="bottom start"
      recent={['+1', 'tada', 'eyes', 'dot_007', 'no_such_emoji']}
      skinTone={tone}
      onSkinTone={setTone}
      onPick={(name, more) => pressed(`${more ? 'more' : 'pick'} ${name}`)}
      custom={source}
      onAddCustom={() => pressed('add')}
    >
      <IconButton icon={Smile} label="Emoji" />
    </ReactionPicker>
  )
}

/** The dialog; a name that ends with `taken` is refused. */
export function UploadSample({ pressed }: { pressed: (what: string) => void }): ReactNode {
  const [open, setOpen] = useState(true)
  const create = async (name: string, file: File): Promise<void> => {
    if (name.endsWith('taken')) throw new Error('The name is taken.')
    pressed(`created ${name} of ${file.name}`)
  }
  return open && <CustomEmojiDialog onCreate={create} onClose={() => setOpen(false)} />
}
