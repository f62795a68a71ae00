import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CircleAlert, Clock, X } from '../../ui/icons.ts'
import type { Writing } from '../drafts/writing.ts'
import { useWriting } from '../drafts/writing.ts'
import { addFiles, dismissProblem, mayUpload, useUploads } from '../files/uploads.ts'
import css from './Composer.module.css'
import { charactersLeft } from './send/limits.ts'
import { notify, setWaiting, useNotices } from './send/notices.ts'

/** What the box has to say: why something was not sent or attached, that it waits, how much room is left. */
export function BoxNotice({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const { key } = writing
  const notice = useNotices(({ notices }) => notices[key])
  const waits = useNotices(({ waiting }) => waiting.has(key))
  const problem = useUploads(({ problems }) => problems[key])
  return (
    <>
      <div aria-live="polite">
        {waits && (
          <p className={css['waits']}>
            <Icon icon={Clock} size="s" />
            {t('composer.waits', 'Goes out as soon as the files are uploaded.')}
            <Button size="s" variant="quiet" onPress={() => setWaiting(key, false)}>
              {t('composer.wait_no_more', 'Do not send yet')}
            </Button>
          </p>
        )}
      </div>
      <div role="alert">
        {notice && (
          <Line text={notice.text} onClose={() => notify(key, undefined)}>
            {notice.action && (
              <Button size="s" onPress={notice.action.run}>
                {notice.action.label}
              </Button>
            )}
          </Line>
        )}
        {problem && <Line text={problem} onClose={() => dismissProblem(key)} />}
      </div>
      <Room writing={writing} />
    </>
  )
}

function Line({ text, onClose, children }: { text: string; onClose: () => void; children?: ReactNode }): ReactNode {
  const t = useText()
  return (
    <div className={css['problem']}>
      <Icon icon={CircleAlert} size="s" />
      <span className={css['problem_text']}>{text}</span>
      {children}
      <IconButton size="s" icon={X} label={t('composer.dismiss', 'Dismiss')} onPress={onClose} />
    </div>
  )
}

/** How many characters are left, near the end of what fits; beyond it, the way out. */
function Room({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const left = useWriting(writing, ({ message }) => charactersLeft(message))
  if (left === null) return null
  if (left >= 0) {
    return (
      <p className={css['room']} role="status">
        {t('composer.left', '{left, plural, one {# character left} other {# characters left}}', { left })}
      </p>
    )
  }
  const attach = (): void => {
    const { message } = writing.read()
    addFiles(writing, [new File([message], 'message.md', { type: 'text/markdown' })])
    writing.write({ message: '' })
  }
  return (
    <div className={css['problem']} role="status">
      <Icon icon={CircleAlert} size="s" />
      <span className={css['problem_text']}>
        {t('composer.over', '{over, plural, one {# character} other {# characters}} too many for one message', {
          over: -left,
        })}
      </span>
      {mayUpload(writing.channelId) && (
        <Button size="s" onPress={attach}>
          {t('composer.as_file', 'Attach the text as a file')}
        </Button>
      )}
    </div>
  )
}
