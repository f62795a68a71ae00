import { createRoot } from 'react-dom/client'
import '../../styles/base.css'
import { UiProvider } from '../index.ts'
import { Gallery } from './Gallery.tsx'
import { look, say } from './say.ts'

const root = document.documentElement
root.lang = look.lang
if (look.theme) root.dataset.theme = look.theme
if (look.contrast) root.dataset.contrast = look.contrast

const texts = {
  close: say('Close', '닫기'),
  clear: say('Clear', '지우기'),
  cancel: say('Cancel', '취소'),
  loading: say('Loading', '불러오는 중'),
  showPassword: say('Show password', '비밀번호 표시'),
  hidePassword: say('Hide password', '비밀번호 숨기기'),
  notices: say('Notices', '알림'),
  optional: say('optional', '선택'),
  open: say('Open', '열기'),
  colorInvalid: say('Write a colour as #1f75cb.', '색을 #1f75cb처럼 입력하세요.'),
}

createRoot(document.getElementById('root')!).render(
  <UiProvider texts={texts} locale={look.lang}>
    <Gallery />
  </UiProvider>,
)
