import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { saveNotifyProps, saving } from '../parts/save-me.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { useFields } from '../parts/use-fields.ts'
import { useNotifyProp } from './use-notify-prop.ts'

/** What people are answered who write to me while I am out of office. */
export function AutoReply(): ReactNode {
  const t = useText()
  const standard = t('settings.auto_reply_standard', 'Hello, I am out of office and cannot answer right now.')
  const [active] = useNotifyProp('auto_responder_active', 'false')
  const [message] = useNotifyProp('auto_responder_message', standard)
  const { values, changed, set, reset } = useFields({ message })
  const toggle = (on: boolean): void =>
    saving(saveNotifyProps({ auto_responder_active: String(on), auto_responder_message: message }))
  return (
    <>
      <Switch checked={active === 'true'} onChange={toggle}>
        {t('settings.auto_reply_on', 'Answer for me')}
      </Switch>
      <SaveForm
        changed={changed}
        incomplete={values.message.trim() === ''}
        onReset={reset}
        onSave={() => saveNotifyProps({ auto_responder_message: values.message.trim() }).then(reset)}
      >
        <TextArea
          label={t('settings.auto_reply_text', 'Your answer')}
          value={values.message}
          onChange={set('message')}
          maxLength={500}
        />
      </SaveForm>
    </>
  )
}
