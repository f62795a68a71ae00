import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button, IconButton, Kbd, Spinner, Tooltip } from '../index.ts'
import { Bold, Ellipsis, Pencil, Plus, Smile, Star, Trash2 } from '../icons.ts'
import { say } from './say.ts'
import styles from './Gallery.module.css'

const VARIANTS = ['primary', 'secondary', 'quiet', 'danger'] as const
const NAMES = {
  primary: say('Save changes', '변경 내용 저장'),
  secondary: say('Edit', '수정'),
  quiet: say('Not now', '나중에'),
  danger: say('Delete', '삭제'),
}
const ICONS = { primary: Plus, secondary: Pencil, quiet: Star, danger: Trash2 }

/** Buttons in every variant, size and state. */
export function Buttons(): ReactNode {
  const [bold, setBold] = useState(true)
  return (
    <>
      {(['s', 'm', 'l'] as const).map((size) => (
        <div key={size} className={styles.row}>
          {VARIANTS.map((variant) => (
            <Button key={variant} variant={variant} size={size} icon={size === 'm' ? ICONS[variant] : undefined}>
              {NAMES[variant]}
            </Button>
          ))}
        </div>
      ))}
      <div className={styles.row}>
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} disabled>
            {NAMES[variant]}
          </Button>
        ))}
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} pending>
            {NAMES[variant]}
          </Button>
        ))}
      </div>
      <div className={styles.row}>
        <IconButton icon={Smile} label={say('Add a reaction', '반응 추가')} size="s" />
        <IconButton
          icon={Bold}
          label={say('Bold', '굵게')}
          shortcut="Ctrl+B"
          pressed={bold}
          onPress={() => setBold(!bold)}
        />
        <IconButton icon={Ellipsis} label={say('More', '더 보기')} size="l" />
        <IconButton icon={Plus} label={say('New', '새로 만들기')} variant="primary" />
        <IconButton icon={Trash2} label={say('Delete', '삭제')} disabled />
        <Tooltip text={say('Sunday, November 22, 3:07 PM', '11월 22일 일요일 오후 3:07')}>
          <Button variant="quiet">{say('3:07 PM', '오후 3:07')}</Button>
        </Tooltip>
        <Kbd keys="Ctrl+K" />
        <Spinner size="s" />
        <Spinner />
        <Spinner size="l" />
      </div>
    </>
  )
}
