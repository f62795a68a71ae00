import { lazy, Suspense, useEffect } from 'react'
import type { ReactNode } from 'react'
import { BrowserRouter, Route, Routes, useNavigate } from 'react-router'
import { basePath } from '../client/base-path.ts'
import { DialogHost } from './dialogs.tsx'
import { PostRedirect, StartPage } from './StartPage.tsx'
import { setNavigate } from './navigate.ts'
import { SignedIn } from './SignedIn.tsx'
import { TeamScreen } from './TeamScreen.tsx'

const AccountPages = lazy(() => import('../features/account/AccountPages.tsx'))

/** Paths of pages that anybody may see, or that stand before a team is chosen. Team names may not begin with them. */
const ACCOUNT = [
  'login/*',
  'signup_user_complete/*',
  'signup_email/*',
  'create_account/*',
  'reset_password',
  'reset_password_complete',
  'do_verify_email',
  'should_verify_email',
  'mfa/*',
  'claim/*',
  'terms_of_service',
  'error',
  'landing',
  'create_team/*',
  'select_team',
]

/** Every page by its address, in Mattermost's scheme, so that old links work. */
export function App(): ReactNode {
  return (
    <BrowserRouter basename={basePath || '/'}>
      <NavigateOutside />
      <Suspense>
        <Routes>
          <Route index element={<StartPage />} />
          {ACCOUNT.map((path) => (
            <Route key={path} path={path} element={<AccountPages />} />
          ))}
          <Route path="_redirect/*" element={<PostRedirect />} />
          <Route path=":team/*" element={<SignedIn render={() => <TeamScreen />} />} />
        </Routes>
      </Suspense>
      <DialogHost />
    </BrowserRouter>
  )
}

function NavigateOutside(): ReactNode {
  const navigate = useNavigate()
  useEffect(() => setNavigate(navigate), [navigate])
  return null
}
