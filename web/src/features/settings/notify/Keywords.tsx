import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { saveNotifyProps } from '../parts/save-me.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { useFields } from '../parts/use-fields.ts'
import { useNotifyProp } from './use-notify-prop.ts'

/** What counts as a mention of me, besides my username. */
export function Keywords(): ReactNode {
  const t = useText()
  const firstName = useStore((state) => state.users[state.me]?.first_name ?? '')
  const username = useStore((state) => state.users[state.me]?.username ?? '')
  const [ownName, setOwnName] = useNotifyProp('first_name', 'false')
  const [everyone, setEveryone] = useNotifyProp('channel', 'true')
  const [keys] = useNotifyProp('mention_keys', '')
  const { values, changed, set, reset } = useFields({ keys })
  return (
    <>
      <Switch checked={everyone === 'true'} onChange={(on) => setEveryone(String(on))}>
        {t('settings.everyone', 'Mentions of everybody: @channel, @all, @here')}
      </Switch>
      {firstName !== '' && (
        <Switch checked={ownName === 'true'} onChange={(on) => setOwnName(String(on))}>
          {t('settings.own_name', 'Your first name as it is written: “{name}”', { name: firstName })}
        </Switch>
      )}
      <SaveForm
        changed={changed}
        onReset={reset}
        onSave={() => saveNotifyProps({ mention_keys: tidy(values.keys) }).then(reset)}
      >
        <TextField
          label={t('settings.other_words', 'Other words')}
          value={values.keys}
          onChange={set('keys')}
          description={t('settings.other_words_hint', 'With commas between them. @{name} always counts.', {
            name: username,
          })}
          spellCheck={false}
        />
      </SaveForm>
    </>
  )
}

/** Words that catch my eye in messages and tell me nothing by themselves. */
export function HighlightedWords(): ReactNode {
  const t = useText()
  const [keys] = useNotifyProp('highlight_keys', '')
  const { values, changed, set, reset } = useFields({ keys })
  return (
    <SaveForm
      changed={changed}
      onReset={reset}
      onSave={() => saveNotifyProps({ highlight_keys: tidy(values.keys) }).then(reset)}
    >
      <TextField
        label={t('settings.highlighted_words', 'Highlighted words')}
        value={values.keys}
        onChange={set('keys')}
        description={t('settings.highlighted_words_hint', 'With commas between them.')}
        spellCheck={false}
      />
    </SaveForm>
  )
}

/** Each word once, without blanks around it. */
const tidy = (keys: string): string => [...new Set(keys.split(',').map((key) => key.trim()))].filter(Boolean).join(',')
