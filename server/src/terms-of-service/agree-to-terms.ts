import type { App } from '../app.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { termsError } from './terms-of-service.errors.ts'
import { deleteAgreement, findAgreement, findTerms, insertTerms, upsertAgreement } from './terms-of-service.store.ts'
import type { Agreement, TermsOfService } from './terms-of-service.store.ts'

const MAX_RUNES = 16_383

/** The terms in force. Throws 404 without any. */
export async function currentTerms(app: Pick<App, 'db'>): Promise<TermsOfService> {
  const terms = await findTerms(app.db)
  if (!terms) throw termsError('app.terms_of_service.get.no_rows.app_error')
  return terms
}

/**
 * Puts a new text in force; the same text again stays the one it is, so that nobody has to agree twice. Throws 400 for an
 * empty or too long one. Only for holders of manage_system.
 */
export async function createTerms(app: App, session: Session, text: string): Promise<TermsOfService> {
  if (text.trim() === '') throw termsError('api.create_terms_of_service.empty_text.app_error')
  if ([...text].length > MAX_RUNES) throw termsError('model.terms_of_service.is_valid.text.app_error')
  const current = await findTerms(app.db)
  if (current?.text === text) return current
  const terms = { id: newId(), create_at: Date.now(), user_id: session.userId, text }
  await app.unitOfWork(async (tx) => {
    await insertTerms(tx.db, terms)
    tx.changed({ kind: 'termsOfService' })
  })
  return terms
}

/** What a user has agreed to, null for nothing yet. Who may know it, the caller has checked. */
export function acceptedTerms(app: Pick<App, 'db'>, userId: string): Promise<Agreement | null> {
  return findAgreement(app.db, userId)
}

/** What a user has agreed to. Throws 404. */
export async function agreementOf(app: Pick<App, 'db'>, userId: string): Promise<Agreement> {
  const agreement = await acceptedTerms(app, userId)
  if (!agreement) throw termsError('app.user_terms_of_service.get_by_user.no_rows.app_error')
  return agreement
}

/** A user accepts terms, or takes that back. Throws 404 for terms that are not there. */
export async function agreeToTerms(app: App, userId: string, termsId: string, accepted: boolean): Promise<void> {
  if (!(await findTerms(app.db, termsId))) throw termsError('app.terms_of_service.get.no_rows.app_error')
  await app.unitOfWork(async (tx) => {
    if (!accepted) return deleteAgreement(tx.db, userId, termsId)
    await upsertAgreement(tx.db, { user_id: userId, terms_of_service_id: termsId, create_at: Date.now() })
  })
}
