import type { App } from '../app.ts'
import { SENT, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { CreateUploadBody, createUpload } from './create-upload.ts'
import { uploadProgress, uploadsOfUser } from './upload-access.ts'
import { uploadData } from './upload-data.ts'

export function uploadRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/uploads',
      access: 'session',
      body: CreateUploadBody,
      status: 201,
      local: true,
      handler: ({ session, body }) => createUpload(app, session, body),
    }),
    route({
      method: 'GET',
      path: '/api/v4/uploads/:upload_id',
      access: 'session',
      local: true,
      handler: ({ session, params }) => uploadProgress(app, session, params.upload_id!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/uploads/:upload_id',
      access: 'session',
      raw: true,
      maxFileSize: true,
      local: true,
      handler: async (call) => {
        const info = await uploadData(app, call, call.params.upload_id!)
        if (info) return info
        call.reply.code(204).send()
        return SENT
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/uploads',
      access: 'session',
      local: true,
      handler: ({ session, params }) => uploadsOfUser(app, session, params.user_id!),
    }),
  ]
}
