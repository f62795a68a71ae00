import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { useNotifyProp } from './use-notify-prop.ts'

/** Which replies count as mentions, where replies stand in their channel. */
export function ReplySettings(): ReactNode {
  const t = useText()
  const [comments, setComments] = useNotifyProp('comments', 'never')
  const options = [
    { value: 'any', label: t('settings.replies_any', 'In threads that I began or took part in') },
    { value: 'root', label: t('settings.replies_root', 'In threads that I began') },
    { value: 'never', label: t('settings.replies_never', 'Only when I am mentioned') },
  ]
  return (
    <RadioGroup
      label={t('settings.replies_when', 'Notify me of replies')}
      options={options}
      value={comments}
      onChange={setComments}
    />
  )
}
