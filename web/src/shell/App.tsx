import { Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { BrowserRouter, Route, Routes, useLocation, useNavigate } from 'react-router'
import { basePath } from '../client/base-path.ts'
import { GroupCardHost } from '../features/people/GroupCardHost.tsx'
import { ProfileCardHost } from '../features/people/ProfileCard.tsx'
import { DialogHost } from './dialogs.tsx'
import { PostRedirect, StartPage } from './StartPage.tsx'
import { setNavigate } from './navigate.ts'
import { SignedIn } from './SignedIn.tsx'
import { TeamScreen } from './TeamScreen.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'

const AccountPages = lazyPart(() => import('../features/account/AccountPages.tsx'))

/** First parts of the addresses of pages that anybody may see, or that stand before a team is chosen. No team is called so. */
const ACCOUNT = new Set([
  'login',
  'signup_user_complete',
  'signup_email',
  'create_account',
  'reset_password',
  'reset_password_complete',
  'do_verify_email',
  'should_verify_email',
  'mfa',
  'claim',
  'terms_of_service',
  'error',
  'landing',
  'create_team',
  'select_team',
])

/** Every page by its address, in Mattermost's scheme, so that old links work. */
export function App(): ReactNode {
  return (
    // At once: keys that follow a change of the channel are meant for the new one, however busy the machine is.
    <BrowserRouter basename={basePath || '/'} useTransitions={false}>
      <NavigateOutside />
      <Suspense>
        <Routes>
          <Route index element={<StartPage />} />
          <Route path="_redirect/*" element={<PostRedirect />} />
          <Route path="*" element={<Page />} />
        </Routes>
      </Suspense>
      <DialogHost />
      <ProfileCardHost />
      <GroupCardHost />
    </BrowserRouter>
  )
}

/** Below the site's root stand the pages of accounts, and the teams. */
function Page(): ReactNode {
  const first = useLocation().pathname.split('/')[1] ?? ''
  if (ACCOUNT.has(first)) return <AccountPages />
  return (
    <Routes>
      <Route path=":team/*" element={<SignedIn render={() => <TeamScreen />} />} />
    </Routes>
  )
}

function NavigateOutside(): ReactNode {
  const navigate = useNavigate()
  useEffect(() => setNavigate(navigate), [navigate])
  return null
}
