import { useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../client/api.ts'
import { getState } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { preferenceKey } from '../../store/state.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Emoji } from '../emoji/Emoji.tsx'
import { ChosenEmoji } from './ChosenEmoji.tsx'
import { customStatusOf, DURATIONS, endOf } from './custom-status.ts'
import type { CustomStatus } from './custom-status.ts'
import css from './Person.module.css'

const LONGEST = 100

/** Says something of myself for a while: an emoji, a few words, how long. */
export default function CustomStatusDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [before] = useState(() => customStatusOf(getState().users[getState().me]))
  const [emoji, setEmoji] = useState(before?.emoji || 'speech_balloon')
  const [text, setText] = useState(before?.text ?? '')
  const [duration, setDuration] = useState<string>(before?.duration ?? 'today')
  const lengths = durationWords(t)
  const options = DURATIONS.map((value) => ({ value: value as string, label: lengths[value] }))
  return (
    <FormDialog
      title={t('people.set_status', 'Set a status')}
      submit={t('notify.save', 'Save')}
      disabled={text.trim() === '' && !emoji}
      onSubmit={() => saveStatus(emoji, text.trim(), duration)}
      onClose={onClose}
    >
      <div className={css['emojiField']}>
        <ChosenEmoji name={emoji} onChange={setEmoji} />
        <TextField
          label={t('people.status_text', 'What others should know')}
          value={text}
          onChange={setText}
          maxLength={LONGEST}
          autoFocus
          className={css['grow']}
        />
      </div>
      {text === '' && (
        <Suggestions onChoose={(one) => (setEmoji(one.emoji), setText(one.text), setDuration(one.duration))} />
      )}
      <Select
        label={t('people.status_until', 'Clear after')}
        options={options}
        value={duration}
        onChange={setDuration}
      />
    </FormDialog>
  )
}

/** Durations in words. */
export function durationWords(t: Text): Record<(typeof DURATIONS)[number], string> {
  return {
    '': t('people.no_end', 'Do not clear'),
    thirty_minutes: t('people.half_hour', '30 minutes'),
    one_hour: t('people.hour', '1 hour'),
    four_hours: t('people.four_hours', '4 hours'),
    today: t('people.today', 'Today'),
    this_week: t('people.this_week', 'This week'),
  }
}

async function saveStatus(emoji: string, text: string, duration: string): Promise<void> {
  const end = endOf(duration)
  const status = { emoji, text, duration, ...(end > 0 && { expires_at: new Date(end).toISOString() }) }
  await request('PUT', '/users/me/status/custom', status)
}

type Suggestion = Pick<CustomStatus, 'emoji' | 'text' | 'duration'>

/** What I used before, then what many use. */
function Suggestions({ onChoose }: { onChoose: (one: Suggestion) => void }): ReactNode {
  const t = useText()
  const common: Suggestion[] = [
    { emoji: 'calendar', text: t('people.meeting', 'In a meeting'), duration: 'one_hour' },
    { emoji: 'hamburger', text: t('people.lunch', 'Out for lunch'), duration: 'thirty_minutes' },
    { emoji: 'house', text: t('people.home', 'Working from home'), duration: 'today' },
    { emoji: 'palm_tree', text: t('people.vacation', 'On a vacation'), duration: 'this_week' },
  ]
  const recent = recentStatuses()
  const shown = [...recent, ...common.filter(({ text }) => !recent.some((one) => one.text === text))].slice(0, 6)
  return (
    <div className={css['suggestions']}>
      {shown.map((one) => (
        <button key={one.emoji + one.text} type="button" className={css['suggestion']} onClick={() => onChoose(one)}>
          <Emoji name={one.emoji} url={null} silent />
          {one.text}
        </button>
      ))}
    </div>
  )
}

function recentStatuses(): Suggestion[] {
  const saved = getState().preferences[preferenceKey('custom_status', 'recent_custom_statuses')]?.value
  try {
    const list = JSON.parse(saved || '[]') as Suggestion[]
    return Array.isArray(list) ? list.filter(({ text }) => text) : []
  } catch {
    return []
  }
}
