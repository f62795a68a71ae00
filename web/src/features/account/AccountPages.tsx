import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { SignedIn } from '../../shell/SignedIn.tsx'
import { LoginPage } from './LoginPage.tsx'
import { SignUpPage } from './SignUpPage.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'

const ClaimPage = lazyPart(() => import('./ClaimPage.tsx'))
const CreateTeamPage = lazyPart(() => import('./CreateTeamPage.tsx'))
const DesktopPage = lazyPart(() => import('./DesktopPage.tsx'))
const ErrorPage = lazyPart(() => import('./ErrorPage.tsx'))
const ForgottenPage = lazyPart(() => import('./ForgottenPage.tsx'))
const LandingPage = lazyPart(() => import('./LandingPage.tsx'))
const MfaPage = lazyPart(() => import('./MfaPage.tsx'))
const NewPasswordPage = lazyPart(() => import('./NewPasswordPage.tsx'))
const SelectTeamPage = lazyPart(() => import('./SelectTeamPage.tsx'))
const TermsPage = lazyPart(() => import('./TermsPage.tsx'))
const UnverifiedPage = lazyPart(() => import('./UnverifiedPage.tsx'))
const VerifyPage = lazyPart(() => import('./VerifyPage.tsx'))

const signedIn = (page: ReactNode): ReactNode => <SignedIn render={() => page} />

/** The pages before a team is in view, at Mattermost's addresses. */
export default function AccountPages(): ReactNode {
  return (
    <Suspense>
      <Routes>
        <Route path="login" element={<LoginPage />} />
        <Route path="login/desktop" element={<DesktopPage />} />
        <Route path="signup_user_complete" element={<SignUpPage />} />
        <Route path="reset_password" element={<ForgottenPage />} />
        <Route path="reset_password_complete" element={<NewPasswordPage />} />
        <Route path="should_verify_email" element={<UnverifiedPage />} />
        <Route path="do_verify_email" element={<VerifyPage />} />
        <Route path="mfa/setup" element={signedIn(<MfaPage />)} />
        <Route path="mfa/confirm" element={signedIn(<MfaPage />)} />
        <Route path="claim/*" element={<ClaimPage />} />
        <Route path="terms_of_service" element={signedIn(<TermsPage />)} />
        <Route path="create_team/*" element={signedIn(<CreateTeamPage />)} />
        <Route path="select_team" element={signedIn(<SelectTeamPage />)} />
        <Route path="landing" element={<LandingPage />} />
        <Route path="error" element={<ErrorPage />} />
        <Route path="signup_email" element={<Navigate to="/signup_user_complete" replace />} />
        <Route path="create_account" element={<Navigate to="/signup_user_complete" replace />} />
        <Route path="*" element={<Navigate to="/login" replace />} />
      </Routes>
    </Suspense>
  )
}
