import { useMemo } from 'react'
import { api, request } from '../../../client/api.ts'
import { preference, savePreferences, usePreference } from '../../../client/preferences.ts'
import { getState, update, useStore } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { put, putAll } from '../../../store/change.ts'
import type { Emoji } from '../../../store/entities.ts'
import { can } from '../../../store/permissions.ts'
import type { CustomEmojiSource } from '../../emoji/custom-emoji.ts'
import type { EmojiPickerProps } from '../../emoji/EmojiPicker.tsx'
import { SKIN_TONES } from '../../emoji/names.ts'
import { frequentEmoji, parseRecentEmoji, withEmojiUse } from '../../emoji/recent-emoji.ts'

/** Preferences of Mattermost: used emoji are kept under the user's own id. */
const RECENT = 'recent_emojis'
const SKIN = { category: 'emoji', name: 'emoji_skintone' }
/** What people who never used an emoji are offered. */
const USUAL = ['+1', 'heart', 'white_check_mark']

/** The emoji I use most, best first, filled up with usual ones. */
export function useRecentEmoji(): readonly string[] {
  const me = useStore((state) => state.me)
  const value = usePreference(RECENT, me, '[]')
  return useMemo(() => [...new Set([...frequentEmoji(parseRecentEmoji(value)), ...USUAL])], [value])
}

/** Counts a use. A failure to save costs nothing but the order of a list. */
export function noteEmojiUse(name: string): void {
  const { me } = getState()
  const used = withEmojiUse(parseRecentEmoji(preference(RECENT, me, '[]')), name)
  savePreferences({ category: RECENT, name: me, value: JSON.stringify(used) }).catch(() => undefined)
}

const known = (list: readonly Emoji[]): readonly Emoji[] => {
  update((state) => ({ ...state, emojis: putAll(state.emojis, list, (one) => one.id) }))
  return list
}

const custom: CustomEmojiSource = {
  load: async (page, perPage) =>
    known(await request<Emoji[]>('GET', `/emoji?page=${page}&per_page=${perPage}&sort=name`)),
  search: async (term) => known(await request<Emoji[]>('POST', '/emoji/search', { term })),
  url: (name) => {
    const found = Object.values(getState().emojis).find((one) => one.name === name)
    return found ? api.getCustomEmojiImageUrl(found.id) : null
  },
}

/** All that an emoji picker has to be told, but what a pick does. */
export function useEmojiChoice(): Omit<EmojiPickerProps, 'onPick'> {
  const recent = useRecentEmoji()
  const tone = usePreference(SKIN.category, SKIN.name, 'default')
  const hasCustom = useStore((state) => state.config['EnableCustomEmoji'] === 'true')
  const mayMake = useStore((state) => can(state, 'create_emojis'))
  return {
    recent,
    skinTone:
      SKIN_TONES.find((one) => one.tone === tone || one.character.codePointAt(0)!.toString(16).toUpperCase() === tone)
        ?.tone ?? null,
    onSkinTone: (next) => void savePreferences({ ...SKIN, value: codeOf(next) }).catch(() => undefined),
    custom: hasCustom ? custom : undefined,
    onAddCustom: hasCustom && mayMake ? addCustomEmoji : undefined,
  }
}

/** The preference holds the code point of the tone, as Mattermost's clients write it. */
const codeOf = (tone: string | null): string => {
  const found = SKIN_TONES.find((one) => one.tone === tone)
  return found ? found.character.codePointAt(0)!.toString(16).toUpperCase() : 'default'
}

function addCustomEmoji(): void {
  void import('../../emoji/CustomEmojiDialog.tsx').then(({ CustomEmojiDialog }) =>
    openDialog((close) => <CustomEmojiDialog onCreate={createEmoji} onClose={close} />),
  )
}

async function createEmoji(name: string, file: File): Promise<void> {
  const emoji = await api.createCustomEmoji({ name, creator_id: getState().me } as Emoji, file)
  update((state) => ({ ...state, emojis: put(state.emojis, emoji.id, emoji) }))
}
