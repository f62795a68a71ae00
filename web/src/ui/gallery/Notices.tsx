import type { ReactNode } from 'react'
import {
  Banner,
  Button,
  EmptyState,
  ErrorNotice,
  FileDrop,
  ProgressBar,
  Skeleton,
  pickFiles,
  showToast,
} from '../index.ts'
import { MessagesSquare } from '../icons.ts'
import { say } from './say.ts'
import styles from './Gallery.module.css'

const drop = (files: File[]): void => void showToast(files.map((file) => file.name).join(', '))

function Toasts(): ReactNode {
  const undo = { label: say('Undo', '실행 취소'), onAction: () => void showToast(say('Back again.', '되돌렸습니다.')) }
  return (
    <div className={styles.row}>
      <Button onPress={() => showToast(say('Link copied.', '링크를 복사했습니다.'), { tone: 'success' })}>
        {say('Done', '완료')}
      </Button>
      <Button onPress={() => showToast(say('Channel archived.', '채널을 보관했습니다.'), { action: undo })}>
        {say('With Undo', '실행 취소')}
      </Button>
      <Button onPress={() => showToast(say('The file is too large.', '파일이 너무 큽니다.'), { tone: 'danger' })}>
        {say('Failure', '오류')}
      </Button>
      <Button onPress={() => void pickFiles().then(drop)}>{say('Choose files', '파일 선택')}</Button>
    </div>
  )
}

/** What the page says by itself. */
export const Notices = (): ReactNode => (
  <>
    <Toasts />
    <div className={styles.grid}>
      <div className={styles.stack}>
        <Banner onClose={() => undefined}>
          {say('You are reading an archived channel.', '보관된 채널을 보고 있습니다.')}
        </Banner>
        <Banner tone="success">{say('Your mail address is confirmed.', '메일 주소가 확인되었습니다.')}</Banner>
        <Banner
          tone="warning"
          title={say('No connection', '연결이 끊겼습니다')}
          action={<Button size="s">{say('Try now', '지금 연결')}</Button>}
        >
          {say('Next attempt in 8 seconds.', '8초 뒤에 다시 연결합니다.')}
        </Banner>
        <ErrorNotice
          title={say('The posts could not be loaded.', '글을 불러오지 못했습니다.')}
          action={{ label: say('Try again', '다시 시도'), onPress: () => undefined }}
        />
        <ProgressBar value={0.42} label={say('Upload', '업로드')} />
        <ProgressBar value={null} label={say('Import', '가져오기')} />
      </div>
      <div className={styles.card}>
        <EmptyState
          icon={MessagesSquare}
          title={say('No one has written here yet', '아직 글이 없습니다')}
          text={say(
            'Say hello, or invite the people you work with.',
            '첫인사를 남기거나 함께 일하는 사람을 초대해 보세요.',
          )}
          action={<Button variant="primary">{say('Invite people', '초대하기')}</Button>}
        />
      </div>
      <div className={styles.stack}>
        <Skeleton avatar={36} />
        <Skeleton avatar={36} lines={3} />
        <FileDrop label={say('Drop files to attach them', '파일을 놓으면 첨부됩니다')} onFiles={drop}>
          <div className={styles.target}>{say('Drag a file here', '여기로 파일을 끌어 오세요')}</div>
        </FileDrop>
      </div>
    </div>
  </>
)
