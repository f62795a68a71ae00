import type { App } from '../app.ts'
import { FileStoreError } from '../files/file-store.ts'
import { ImageError } from '../files/image-runner.ts'
import { storing } from '../files/storage-trouble.ts'
import { AppError, generalError } from '../http/errors.ts'
import type { FormRequest } from '../http/form-request.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam, permittedTeam, requireViewable } from './team-access.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import { changeTeam } from './update-team.ts'

/** Where a team's icon lies, as Mattermost stores it. */
const iconPath = (teamId: string): string => `teams/${teamId}/teamIcon.png`
const MAX_ICON_BYTES = 1024 * 1024

/** The team, if the caller may see its icon. Throws 403, 404 for a missing team. */
export async function teamWithIcon(app: App, session: Session, teamId: string): Promise<Team> {
  const team = await existingTeam(app, teamId)
  await requireViewable(app, session, team)
  return team
}

/** The icon as PNG. Throws 404 when the team has none. */
export async function readIcon(app: Pick<App, 'files'>, team: Team): Promise<Buffer> {
  if (!team.last_team_icon_update) throw teamError('api.team.get_team_icon.read_file.app_error')
  try {
    return await app.files.readBuffer(iconPath(team.id), MAX_ICON_BYTES)
  } catch (error) {
    if (error instanceof FileStoreError) throw teamError('api.team.get_team_icon.read_file.app_error')
    throw error
  }
}

/** Makes the uploaded image the team's icon, cut to a square. Throws 403, 404, 400 or 413 for a bad upload. */
export async function setIcon(app: App, session: Session, teamId: string, request: FormRequest): Promise<void> {
  await permittedTeam(app, session, teamId, 'manage_team')
  const uploaded = await uploadedImage(request, app.config.get().FileSettings.MaxFileSize)
  const icon = await squared(app, uploaded)
  await storing(() => app.files.write(iconPath(teamId), icon))
  await changeTeam(app, teamId, { last_team_icon_update: Date.now() })
}

/** Takes the icon away. The file stays, as in the reference: without its time nobody is sent there. */
export async function removeIcon(app: App, session: Session, teamId: string): Promise<void> {
  await permittedTeam(app, session, teamId, 'manage_team')
  await changeTeam(app, teamId, { last_team_icon_update: 0 })
}

/** Removes the file of a team that is gone. A failure is logged only: the team cannot come back for it. */
export async function eraseIcon(app: Pick<App, 'files' | 'log'>, teamId: string): Promise<void> {
  try {
    await app.files.remove(iconPath(teamId))
  } catch (error) {
    app.log.error({ err: error, teamId }, 'the icon of a deleted team was not removed')
  }
}

async function squared({ images }: Pick<App, 'images'>, input: Buffer): Promise<Buffer> {
  try {
    return await images.square(input)
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    if (error.reason === 'too_large') throw teamError('api.team.set_team_icon.check_image_limits.app_error')
    if (error.reason === 'busy' || error.reason === 'timeout') {
      throw generalError('api.context.server_busy.app_error')
    }
    throw teamError('api.team.set_team_icon.decode.app_error')
  }
}

async function uploadedImage(request: FormRequest, maxBytes: number): Promise<Buffer> {
  if (!request.isMultipart()) throw teamError('api.team.set_team_icon.parse.app_error')
  let found: Buffer | undefined
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 2, fields: 10, parts: 12 } })) {
      if (part.type !== 'file') continue
      if (part.fieldname !== 'image') {
        part.file.resume()
        continue
      }
      if (found) throw teamError('api.team.set_team_icon.array.app_error')
      found = await part.toBuffer()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') {
      throw teamError('api.team.set_team_icon.too_large.app_error')
    }
    throw teamError('api.team.set_team_icon.parse.app_error', {}, String(error))
  }
  if (!found || found.length === 0) throw teamError('api.team.set_team_icon.no_file.app_error')
  return found
}
