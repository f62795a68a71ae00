import { useState } from 'react'
import type { ReactNode } from 'react'
import {
  Button,
  ConfirmDialog,
  ContextMenu,
  Dialog,
  DialogButtons,
  Menu,
  MenuItem,
  MenuSection,
  MenuSeparator,
  MenuTrigger,
  Popover,
  PopoverTrigger,
  Submenu,
  TextArea,
  TextField,
} from '../index.ts'
import { Bell, Bookmark, Copy, Pencil, Pin, Reply, Trash2 } from '../icons.ts'
import { look, say } from './say.ts'
import styles from './Gallery.module.css'

const items = (
  <>
    <MenuItem icon={Reply} shortcut="R">
      {say('Reply', '답글')}
    </MenuItem>
    <MenuItem icon={Copy} shortcut="Ctrl+C">
      {say('Copy link', '링크 복사')}
    </MenuItem>
    <MenuItem icon={Bookmark}>{say('Save for later', '나중에 보기')}</MenuItem>
    <MenuItem icon={Pin} disabled>
      {say('Pin', '고정')}
    </MenuItem>
    <Submenu label={say('Remind me', '다시 알림')} icon={Bell}>
      <MenuItem>{say('In an hour', '한 시간 뒤')}</MenuItem>
      <MenuItem>{say('Tomorrow morning', '내일 아침')}</MenuItem>
    </Submenu>
    <MenuSeparator />
    <MenuItem icon={Pencil} description={say('Until 3:07 PM', '오후 3:07까지')}>
      {say('Edit', '수정')}
    </MenuItem>
    <MenuItem icon={Trash2} danger>
      {say('Delete', '삭제')}
    </MenuItem>
  </>
)

function Menus(): ReactNode {
  const [order, setOrder] = useState<Iterable<string | number>>(['recent'])
  return (
    <>
      <MenuTrigger>
        <Button>{say('Actions', '작업')}</Button>
        <Menu label={say('Actions', '작업')}>{items}</Menu>
      </MenuTrigger>
      <MenuTrigger>
        <Button>{say('Sort', '정렬')}</Button>
        <Menu label={say('Sort', '정렬')}>
          <MenuSection
            title={say('Order', '순서')}
            selectionMode="single"
            selectedKeys={order}
            onSelectionChange={(keys) => setOrder(keys === 'all' ? [] : keys)}
          >
            <MenuItem id="recent">{say('Most recent first', '최근 순')}</MenuItem>
            <MenuItem id="name">{say('By name', '이름 순')}</MenuItem>
          </MenuSection>
        </Menu>
      </MenuTrigger>
      <PopoverTrigger>
        <Button>{say('Popover', '팝오버')}</Button>
        <Popover label={say('About', '소개')}>
          {(close) => (
            <div className={styles.stack}>
              <p>{say('A small surface beside what opened it.', '연 자리 옆에 뜨는 작은 창입니다.')}</p>
              <Button onPress={close}>{say('Done', '완료')}</Button>
            </div>
          )}
        </Popover>
      </PopoverTrigger>
    </>
  )
}

function NewGroup({ onClose }: { onClose: () => void }): ReactNode {
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState('')
  const footer = (
    <DialogButtons onCancel={onClose}>
      <Button variant="primary" disabled={name === ''} onPress={onClose}>
        {say('Create', '만들기')}
      </Button>
    </DialogButtons>
  )
  return (
    <Dialog
      title={say('New group', '새 그룹')}
      description={say('A place for one subject.', '한 가지 주제를 위한 공간입니다.')}
      onClose={onClose}
      footer={footer}
    >
      <div className={styles.stack}>
        <TextField label={say('Name', '이름')} value={name} onChange={setName} autoFocus />
        <TextArea label={say('Purpose', '목적')} optional value={purpose} onChange={setPurpose} />
      </div>
    </Dialog>
  )
}

/** What opens over the page. */
export function Overlays(): ReactNode {
  const [open, setOpen] = useState(look.show)
  const close = (): void => setOpen(null)
  return (
    <>
      <div className={styles.row}>
        <Menus />
        <Button onPress={() => setOpen('dialog')}>{say('Dialog', '대화 상자')}</Button>
        <Button onPress={() => setOpen('confirm')}>{say('Question', '확인')}</Button>
      </div>
      <ContextMenu label={say('Actions', '작업')} items={() => items}>
        <div className={styles.target}>{say('Click here with the right button', '여기를 오른쪽 단추로 누르세요')}</div>
      </ContextMenu>
      {open === 'dialog' && <NewGroup onClose={close} />}
      {open === 'confirm' && (
        <ConfirmDialog
          danger
          title={say('Delete this post?', '이 글을 삭제할까요?')}
          confirmLabel={say('Delete', '삭제')}
          onConfirm={() => undefined}
          onClose={close}
        >
          {say('Its 3 replies go with it. This cannot be undone.', '답글 3개도 함께 삭제되며 되돌릴 수 없습니다.')}
        </ConfirmDialog>
      )}
    </>
  )
}
