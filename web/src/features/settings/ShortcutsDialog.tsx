import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import css from './parts/Settings.module.css'
import { readable, shortcutGroups } from './shortcuts.ts'

/** All keyboard shortcuts at a glance. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <Dialog
      title={t('shortcuts.title', 'Keyboard shortcuts')}
      description={t('shortcuts.lead', 'Letters are those of the key: they work while Hangul is on, too.')}
      size="l"
      onClose={onClose}
    >
      {/* Nothing in it can be pressed: the list itself takes the focus, so that keys scroll it. */}
      <div
        className={css['shortcuts']}
        role="group"
        aria-label={t('shortcuts.title', 'Keyboard shortcuts')}
        tabIndex={0}
      >
        {shortcutGroups(t).map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(({ keys, text }) => (
                <div key={keys}>
                  <dt>{text}</dt>
                  <dd>
                    <Kbd keys={readable(keys)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
